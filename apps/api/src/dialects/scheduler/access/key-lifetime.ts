/** An API key that expires does so within this time, days; dialect 002 promises the same. */
export const KEY_LIFETIME_MAX_DAYS = 3650;

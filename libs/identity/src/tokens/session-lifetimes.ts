/** A login ends after this long, however often it is refreshed. */
export const SESSION_LIFETIME_MS = 30 * 86_400_000;

/** A refresh token that is not used for this long ends the login. */
export const REFRESH_TOKEN_LIFETIME_MS = 7 * 86_400_000;

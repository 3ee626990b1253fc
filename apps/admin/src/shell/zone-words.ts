/** The choices of a zone that have a name of their own. */
export const ZONE_WORDS: Readonly<Record<string, string>> = { job: 'Job zone', browser: 'Browser zone', UTC: 'UTC' };

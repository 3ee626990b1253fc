/** The release, as instances and workers report it; the same as in package.json (a test compares them). */
export const VERSION = '1.0.0';

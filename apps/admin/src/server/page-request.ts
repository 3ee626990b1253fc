/**
 * Whether a browser asks for a page that a person will look at: the login may stand in its place. Not so in a frame, where the login
 * would not show, nor for what a page loads: scripts, styles, calls. A browser leaves `Sec-Fetch-Dest` out on plain http, and then a
 * read counts as a page.
 */
export function isPageRequest(method: string, headers: Headers): boolean {
  return method === 'GET' && (headers.get('sec-fetch-dest') ?? 'document') === 'document';
}

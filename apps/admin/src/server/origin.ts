/** Writes must come from a page of ours: cookies travel with requests that other sites make, too. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Believes `Sec-Fetch-Site`, which scripts cannot set; a browser leaves it out on plain http, then `Origin` must name our
 * host. A write with neither comes from no browser that has our cookies, and is refused as well.
 */
export function isForeignWrite(method: string, headers: Headers): boolean {
  if (READS.has(method)) return false;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin';
  const origin = headers.get('origin');
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return origin === null || hostOf(origin) !== host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

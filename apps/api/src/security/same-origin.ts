import type { IncomingHttpHeaders } from 'node:http';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells whether a browser sends this write for a page of another site. Believes `Sec-Fetch-Site`, which scripts cannot
 * set; a browser leaves it out on plain http, then `Origin` must name our host. Programs send neither and may pass: they
 * send no credentials by themselves.
 */
export function isForeignWrite(method: string, headers: IncomingHttpHeaders): boolean {
  if (READS.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && hostOf(headers.origin) !== headers.host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

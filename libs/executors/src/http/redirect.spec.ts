import { describe, expect, it } from 'vitest';
import { decideRedirect, type Hop } from './redirect.js';

const POST: Hop = {
  url: new URL('https://a.example/start'),
  method: 'POST',
  headers: { authorization: 'Bearer x', cookie: 'a=b', 'content-type': 'text/plain', 'x-own': '1' },
  body: 'hello',
};

const follow = (hop: Hop, status: number, location: string): Hop => {
  const decision = decideRedirect(hop, status, location);
  if (decision.kind !== 'follow') throw new Error(`expected to follow, got ${decision.kind}`);
  return decision.next;
};

describe('decideRedirect', () => {
  it.each([301, 302, 303])('turns a POST into a GET without body on %i', (status) => {
    expect(follow(POST, status, '/next')).toEqual({
      url: new URL('https://a.example/next'),
      method: 'GET',
      headers: { authorization: 'Bearer x', cookie: 'a=b', 'x-own': '1' },
      body: null,
    });
  });

  it.each([307, 308])('keeps method and body on %i', (status) => {
    expect(follow(POST, status, '/next')).toEqual({ ...POST, url: new URL('https://a.example/next') });
  });

  it.each([301, 302, 303])('keeps a HEAD a HEAD on %i', (status) => {
    expect(follow({ ...POST, method: 'HEAD', body: null }, status, '/').method).toBe('HEAD');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('turns a %s into a GET on 303 only', (method) => {
    const hop = { ...POST, method };
    expect(follow(hop, 303, '/next')).toMatchObject({ method: 'GET', body: null });
    for (const status of [301, 302, 307, 308]) expect(follow(hop, status, '/next')).toEqual({ ...hop, url: new URL('https://a.example/next') });
  });

  it.each(['https://b.example/', 'http://a.example/', 'https://a.example:8443/', '//b.example/'])('drops all that may be a credential on the way to %s', (location) => {
    const credentials = { 'x-api-key': 'k', 'x-auth-token': 't', 'proxy-authorization': 'Basic x', 'x-anything': 's' };
    const harmless = { accept: '*/*', 'user-agent': 'Takt', 'idempotency-key': 'a/b', 'accept-language': 'de' };
    const hop = { ...POST, headers: { ...POST.headers, ...credentials, ...harmless } };
    expect(follow(hop, 307, location).headers).toEqual({ 'content-type': 'text/plain', ...harmless });
    expect(follow(hop, 307, '/stays').headers).toEqual(hop.headers);
  });

  it('takes no credentials from the address', () => {
    expect(follow(POST, 302, 'https://user:pass@a.example/').url.href).toBe('https://a.example/');
  });

  it.each(['file:///etc/passwd', 'ftp://a.example/', 'data:text/plain,x', 'gopher://a.example/'])('refuses to go to %s', (location) => {
    expect(decideRedirect(POST, 302, location)).toMatchObject({ kind: 'refuse' });
  });

  it.each<[number, string | null]>([[200, '/x'], [304, '/x'], [300, '/x'], [302, null]])('takes %i to %s as the end', (status, location) => {
    expect(decideRedirect(POST, status, location)).toEqual({ kind: 'final' });
  });

  it.each(['http://[', '//[', 'http://', 'http://a.example:99999/', 'http://a b/'])('cannot read %s', (location) => {
    expect(decideRedirect(POST, 302, location)).toEqual({ kind: 'unreadable' });
  });
});

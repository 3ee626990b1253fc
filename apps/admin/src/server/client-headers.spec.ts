import { describe, expect, it } from 'vitest';
import { clientHeaders } from './client-headers';

describe('what the API is told about a request', () => {
  it('has the address of the browser and the place in a stream, and no credential', () => {
    const told = clientHeaders(new Headers({ 'x-forwarded-for': '203.0.113.9', 'last-event-id': 'a.b', cookie: 'takt_access=x', authorization: 'Basic x', 'x-api-key': 'x', forwarded: 'for=1' }));
    expect([...told.keys()].sort()).toEqual(['last-event-id', 'x-forwarded-for', 'x-request-id']);
    expect([told.get('x-forwarded-for'), told.get('last-event-id')]).toEqual(['203.0.113.9', 'a.b']);
  });

  it('takes over a number that does no harm, else gives one', () => {
    expect(clientHeaders(new Headers({ 'x-request-id': 'req-1' })).get('x-request-id')).toBe('req-1');
    expect(clientHeaders(new Headers({ 'x-request-id': 'a b' })).get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });
});

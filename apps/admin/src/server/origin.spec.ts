import { describe, expect, it } from 'vitest';
import { isForeignWrite } from './origin';

const asked = (method: string, headers: Record<string, string>) => isForeignWrite(method, new Headers({ host: 'takt:3000', ...headers }));

describe('writes of other sites', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets every %s pass', (method) => {
    expect(asked(method, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).toBe(false);
  });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://takt:3000' }, true],
    [{ origin: 'http://takt:3000' }, false],
    [{ origin: 'http://takt:8080' }, true],
    [{ origin: 'null' }, true],
    [{}, true],
  ])('judges a POST with %j: foreign is %s', (headers, isForeign) => {
    expect(asked('POST', headers)).toBe(isForeign);
  });
});

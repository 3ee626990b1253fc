import { NextRequest } from 'next/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answering } from './answering';
import { noBody } from './browser-session';
import { renewTokens } from './refresh';
import { BodyRefused } from './request-body';
import { UpstreamError } from './upstream';

vi.mock('./refresh', () => ({ renewTokens: vi.fn() }));

const FAILURES = [new BodyRefused(413, 'too long'), new BodyRefused(400, 'broken off'), new UpstreamError(504, 'late')];

const request = () => new NextRequest('http://takt:3000/api/x', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', cookie: 'takt_access=old; takt_refresh=spent' } });

/** `takt_access=new`, `takt_refresh=` … without their attributes. */
const kept = (response: Response) => response.headers.getSetCookie().map((line) => line.split(';')[0]);

beforeEach(() => {
  vi.mocked(renewTokens).mockReset();
});

describe('what the browser keeps', () => {
  it.each(FAILURES)('is the renewed session, although the request is refused: $status', async (failure) => {
    vi.mocked(renewTokens).mockResolvedValue({ access: 'new', refresh: 'next' });
    const response = await answering(request(), async (session) => {
      await session.call('/x', () => Promise.reject(failure));
      throw new Error('not reached');
    });
    expect([response.status, kept(response)]).toEqual([failure.status, ['takt_access=new', 'takt_refresh=next']]);
  });

  it('is the session it has, when the API cannot renew it now', async () => {
    vi.mocked(renewTokens).mockRejectedValue(new UpstreamError(503, 'later'));
    const response = await answering(request(), async (session) => {
      await session.call('/x', noBody);
      throw new Error('not reached');
    });
    expect([response.status, kept(response)]).toEqual([503, []]);
  });

  it('is nothing once the session is over, and no body is read', async () => {
    vi.mocked(renewTokens).mockResolvedValue(null);
    const readBody = vi.fn(noBody);
    const response = await answering(request(), async (session) => {
      expect(await session.call('/x', readBody)).toBeNull();
      throw new UpstreamError(502, 'whatever comes after');
    });
    expect(kept(response)).toEqual(['takt_access=', 'takt_refresh=']);
    expect(readBody).not.toHaveBeenCalled();
  });
});

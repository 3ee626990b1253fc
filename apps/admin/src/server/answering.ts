/** Around every handler of ours: what is refused before anything else happens, how failures are told, and what the browser keeps. */
import type { NextRequest, NextResponse } from 'next/server';
import { BrowserSession, failure } from './browser-session';
import { isForeignWrite } from './origin';
import { BodyRefused } from './request-body';
import { UpstreamError } from './upstream';

/**
 * Refuses writes of other sites with 403; answers an `UpstreamError` and a `BodyRefused` with their status. What became of the
 * session goes with each answer, refusals included.
 */
export async function answering(request: NextRequest, answer: (session: BrowserSession) => Promise<NextResponse>): Promise<NextResponse> {
  if (isForeignWrite(request.method, request.headers)) return failure(403, 'Requests from another site are refused');
  const session = new BrowserSession(request);
  try {
    return session.settle(await answer(session));
  } catch (error) {
    if (error instanceof UpstreamError || error instanceof BodyRefused) return session.settle(failure(error.status, error.message));
    throw error;
  }
}

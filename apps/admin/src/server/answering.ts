/** Around every handler of ours: what is refused before anything else happens, and how failures are told. */
import type { NextRequest, NextResponse } from 'next/server';
import { isForeignWrite } from './origin';
import { BodyRefused } from './request-body';
import { UpstreamError } from './upstream';
import { failure } from './with-session';

/** Refuses writes of other sites with 403; answers an `UpstreamError` and a `BodyRefused` with their status. */
export async function answering(request: NextRequest, answer: () => Promise<NextResponse>): Promise<NextResponse> {
  if (isForeignWrite(request.method, request.headers)) return failure(403, 'Requests from another site are refused');
  try {
    return await answer();
  } catch (error) {
    if (error instanceof UpstreamError || error instanceof BodyRefused) return failure(error.status, error.message);
    throw error;
  }
}

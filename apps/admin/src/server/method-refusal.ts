import type { NextResponse } from 'next/server';
import { failure } from './browser-session';

/** That a route file exports a handler for. Next answers HEAD by GET's. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Answers 405 with `Allow`, as RFC 9110 §15.5.6 wants it. @param allowed what the route has; GET stands for HEAD too */
export function methodRefusal(allowed: readonly Method[]): () => NextResponse {
  const allow = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return () => {
    const answer = failure(405, 'Method not allowed');
    answer.headers.set('allow', allow);
    return answer;
  };
}

import type { DomainError, Violation } from '#domain/errors.js';

/** An error as it goes over the wire. `Content-Type` is JSON. */
export interface RenderedError {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The part of a request that was wrong. */
export type InputPlace = 'body' | 'query' | 'path';

/** What went wrong, as the HTTP edge sees it, before a dialect words it. */
export type Failure =
  | { readonly kind: 'domain'; readonly error: DomainError }
  /** A request object did not pass its DTO. */
  | { readonly kind: 'input'; readonly place: InputPlace; readonly violations: readonly Violation[] }
  /** Not JSON, or not UTF-8. */
  | { readonly kind: 'malformed-body' }
  | { readonly kind: 'payload-too-large' }
  | { readonly kind: 'unsupported-media-type' }
  | { readonly kind: 'route-not-found'; readonly method: string; readonly path: string }
  | { readonly kind: 'method-not-allowed'; readonly method: string; readonly path: string }
  /** The URL cannot be decoded. */
  | { readonly kind: 'bad-url' }
  /** `limit` requests were allowed until `resetAt`. */
  | { readonly kind: 'rate-limited'; readonly limit: number; readonly resetAt: Date; readonly retryAfterSeconds: number }
  /** A defect. `id` is in the log beside the stack; the caller gets the id only. */
  | { readonly kind: 'unexpected'; readonly id: string };

/** The error language of one dialect. Pure: the same failure gives the same answer, timestamps aside. */
export interface DialectErrors {
  render(failure: Failure): RenderedError;
}

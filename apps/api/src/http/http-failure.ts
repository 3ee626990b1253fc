import type { Failure } from './dialect.js';

/** Thrown by what runs before a handler; the exception filter renders the failure as it is. */
export class HttpFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
    this.name = 'HttpFailure';
  }
}

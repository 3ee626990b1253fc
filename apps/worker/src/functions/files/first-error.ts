import { FileErrors } from './file-errors.js';

/** For walks in which nothing may go wrong: the first error is handed on instead of being noted. */
export class FirstError extends FileErrors {
  /** @param failed ends the walk; called with the path below the root */
  constructor(private readonly failed: (name: string, error: unknown) => void) {
    super(() => undefined);
  }

  override add(name: string, error: unknown): void {
    this.failed(name, error);
  }
}

/**
 * An AbortController that makes its signal when somebody asks for it. Most attempts end without being stopped, many without
 * anybody listening, and a signal costs more than the rest of an empty attempt (measured: 8 % of the worker's time, and part
 * of its garbage collection).
 */
export class LazyAbortController {
  private controller: AbortController | null = null;

  get signal(): AbortSignal {
    return (this.controller ??= new AbortController()).signal;
  }

  /** As `signal.aborted`. */
  get aborted(): boolean {
    return this.controller?.signal.aborted ?? false;
  }

  /** As `signal.reason`. */
  get reason(): unknown {
    const reason: unknown = this.controller?.signal.reason;
    return reason;
  }

  /** The first reason counts. */
  abort(reason: Error): void {
    this.controller ??= new AbortController();
    this.controller.abort(reason);
  }
}

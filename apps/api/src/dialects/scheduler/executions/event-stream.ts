import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** One answer of server-sent events. Waits for slow readers; everything is a no-op once they are gone. */
export class EventStream {
  private readonly gone = new AbortController();

  constructor(private readonly response: ServerResponse) {
    response.once('close', () => {
      this.gone.abort();
    });
  }

  /** Aborted when the reader went away or the stream was closed. */
  get signal(): AbortSignal {
    return this.gone.signal;
  }

  /** Sends the headers, past every buffer on the way. */
  open(): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.response.flushHeaders();
  }

  async comment(text: string): Promise<void> {
    await this.write(`: ${text}\n\n`);
  }

  /** How long a client waits before it reconnects, milliseconds. */
  async retryAfter(ms: number): Promise<void> {
    await this.write(`retry: ${String(ms)}\n\n`);
  }

  async event(event: { readonly name: string; readonly id?: number | string; readonly data: object }): Promise<void> {
    const id = event.id === undefined ? '' : `id: ${String(event.id)}\n`;
    // JSON has no line breaks of its own, so that one data line is enough.
    await this.write(`${id}event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  close(): void {
    this.gone.abort();
    if (!this.response.writableEnded) this.response.end();
  }

  private async write(text: string): Promise<void> {
    if (this.signal.aborted || this.response.write(text)) return;
    await once(this.response, 'drain', { signal: this.signal }).catch(() => undefined);
  }
}

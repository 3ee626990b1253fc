/**
 * Sends a run's output to the worker in batches: after `FLUSH_MS`, or at once when a batch is full, and never a batch
 * before the last one was taken by the channel. A worker that is slow or blocked makes the text wait in the run's
 * OutputBuffer, which is bounded; it never makes the task wait.
 */
import type { OutputBuffer } from './output-buffer.js';
import type { FromHelper, OutputPiece } from './protocol.js';

const FLUSH_MS = 20;
const BATCH_BYTES = 64 * 1024;

export class OutputSender {
  private timer: NodeJS.Timeout | null = null;
  private inFlight: Promise<void> | null = null;

  constructor(
    private readonly runId: string,
    private readonly buffer: OutputBuffer,
    private readonly send: (message: FromHelper, sent?: () => void) => void,
  ) {}

  /** Tells that the buffer may have something to send. */
  wake(): void {
    if (this.buffer.pendingBytes === 0 || this.inFlight !== null) return;
    if (this.buffer.pendingBytes >= BATCH_BYTES) this.flush();
    else this.timer ??= setTimeout(() => {
      this.flush();
    }, FLUSH_MS);
  }

  /** Sends all that is left, with the marks of a truncation, and returns the counts. */
  async finish(): Promise<{ totalBytes: number; keptBytes: number }> {
    this.stopTimer();
    await this.inFlight;
    this.stopTimer();
    const { pieces, totalBytes, keptBytes } = this.buffer.finish();
    if (pieces.length > 0) this.send({ type: 'output', runId: this.runId, pieces: joined(pieces) });
    return { totalBytes, keptBytes };
  }

  private flush(): void {
    this.stopTimer();
    if (this.inFlight !== null || this.buffer.pendingBytes === 0) return;
    const pieces = joined(this.buffer.take());
    this.inFlight = new Promise((resolve) => {
      this.send({ type: 'output', runId: this.runId, pieces }, () => {
        this.inFlight = null;
        this.wake();
        resolve();
      });
    });
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** Neighbours of one stream become one piece. */
function joined(pieces: readonly OutputPiece[]): OutputPiece[] {
  const texts: { stream: OutputPiece['stream']; texts: string[] }[] = [];
  for (const { stream, text } of pieces) {
    const last = texts.at(-1);
    if (last?.stream === stream) last.texts.push(text);
    else texts.push({ stream, texts: [text] });
  }
  return texts.map((piece) => ({ stream: piece.stream, text: piece.texts.join('') }));
}

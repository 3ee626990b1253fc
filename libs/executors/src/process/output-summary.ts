/** What a result keeps of a run's output: the end of stdout and the last line of stderr. */
import type { OutputPiece } from './helper/protocol.js';

const MAX_OUTPUT_BYTES = 4 * 1024;
const MAX_LINE_LENGTH = 500;
/** Enough of the end to hold a last line with its blank lines around. */
const KEPT_STDERR_LENGTH = 4_096;

export class OutputSummary {
  private stdout = '';
  private stdoutWasCut = false;
  private stderr = '';

  add({ stream, text }: OutputPiece): void {
    if (stream === 'stderr') this.stderr = (this.stderr + text).slice(-KEPT_STDERR_LENGTH);
    if (stream !== 'stdout') return;
    const all = this.stdout + text;
    this.stdout = lastBytes(all, MAX_OUTPUT_BYTES);
    this.stdoutWasCut ||= this.stdout.length < all.length;
  }

  /** The last 4 KiB of stdout at most, without white space around. */
  get output(): string {
    return this.stdout.trim();
  }

  /** Whether stdout was longer than what {@link output} holds. */
  get isCut(): boolean {
    return this.stdoutWasCut;
  }

  /** The last line of stderr that is not blank, or null. */
  get lastStderrLine(): string | null {
    const line = this.stderr.trimEnd().split(/\r?\n|\r/).at(-1)?.trim() ?? '';
    return line === '' ? null : line.slice(0, MAX_LINE_LENGTH);
  }
}

function lastBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const bytes = Buffer.from(text);
  let from = bytes.length - limit;
  while (((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  return bytes.toString('utf8', from);
}

/**
 * Keeps what a run prints: the first part as it comes, the last part in a ring, and exact counts of both. Whatever the
 * task prints, memory stays below the limit.
 *
 * Counts are bytes as the task wrote them. Cuts fall between UTF-8 characters, so that text and counts agree; a character
 * split between two reads waits for its rest. Bytes that are not UTF-8 show as U+FFFD, and so does NUL, which neither
 * Postgres nor JSON viewers take.
 */
import type { OutputPiece } from './protocol.js';

/** Most of the limit that is kept for the end of the output, bytes. */
export const MAX_TAIL_BYTES = 64 * 1024;

type Stream = 'stdout' | 'stderr';

const NOTHING = Buffer.alloc(0);

interface Segment {
  readonly stream: Stream;
  length: number;
}

export class OutputBuffer {
  private readonly headLimit: number;
  private readonly ring: Buffer;
  private ringStart = 0;
  private ringLength = 0;
  /** What lies in the ring, oldest first. */
  private readonly segments: Segment[] = [];
  private readonly carry: Record<Stream, Buffer> = { stdout: NOTHING, stderr: NOTHING };
  private ready: OutputPiece[] = [];
  private readyBytes = 0;
  private headBytes = 0;
  private headIsFull = false;
  private total = 0;
  private dropped = 0;

  /** @param limitBytes most bytes kept of both streams together */
  constructor(limitBytes: number) {
    const tail = Math.min(MAX_TAIL_BYTES, Math.floor(limitBytes / 4));
    this.headLimit = limitBytes - tail;
    this.ring = Buffer.allocUnsafe(tail);
  }

  /** Bytes that {@link take} would hand over now. */
  get pendingBytes(): number {
    return this.readyBytes;
  }

  /** Takes over what was read; `chunk` may be reused by the caller afterwards. */
  push(stream: Stream, chunk: Buffer): void {
    this.total += chunk.length;
    const waiting = this.carry[stream];
    const bytes = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    const whole = bytes.length - unfinishedBytes(bytes);
    this.carry[stream] = whole === bytes.length ? NOTHING : Buffer.from(bytes.subarray(whole));
    this.keep(stream, bytes.subarray(0, whole));
  }

  /** Hands over what is ready, in order of arrival. */
  take(): OutputPiece[] {
    const pieces = this.ready;
    this.ready = [];
    this.readyBytes = 0;
    return pieces;
  }

  /** Ends the output: the rest of it with its marks, and the counts. Call once. */
  finish(): { pieces: OutputPiece[]; totalBytes: number; keptBytes: number } {
    this.keep('stdout', this.carry.stdout);
    this.keep('stderr', this.carry.stderr);
    const pieces = this.take();
    const keptBytes = this.total - this.dropped;
    if (this.dropped > 0) pieces.push(systemLine(`[${String(this.dropped)} bytes left out here]`));
    pieces.push(...this.tailPieces());
    if (this.dropped > 0) {
      pieces.push(systemLine(`[output truncated: ${String(keptBytes)} of ${String(this.total)} bytes kept]`));
    }
    return { pieces, totalBytes: this.total, keptBytes };
  }

  private keep(stream: Stream, bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.headIsFull) {
      this.keepInTail(stream, bytes);
      return;
    }
    const room = this.headLimit - this.headBytes;
    const cut = bytes.length <= room ? bytes.length : characterStartAtOrBefore(bytes, room);
    this.headBytes += cut;
    this.readyBytes += cut;
    if (cut > 0) this.ready.push({ stream, text: decode(bytes.subarray(0, cut)) });
    if (cut === bytes.length) return;
    this.headIsFull = true;
    this.keepInTail(stream, bytes.subarray(cut));
  }

  private keepInTail(stream: Stream, bytes: Buffer): void {
    const capacity = this.ring.length;
    const skip = bytes.length <= capacity ? 0 : characterStartAtOrAfter(bytes, bytes.length - capacity);
    const fresh = bytes.subarray(skip);
    this.dropped += skip;
    if (skip > 0) this.dropFromTail(this.ringLength);
    this.dropFromTail(this.ringLength + fresh.length - capacity);
    const at = (this.ringStart + this.ringLength) % Math.max(capacity, 1);
    const first = Math.min(fresh.length, capacity - at);
    fresh.copy(this.ring, at, 0, first);
    fresh.copy(this.ring, 0, first);
    this.ringLength += fresh.length;
    const last = this.segments.at(-1);
    if (last?.stream === stream) last.length += fresh.length;
    else this.segments.push({ stream, length: fresh.length });
  }

  /** Drops `count` bytes from the start of the ring, and then up to the start of a character. */
  private dropFromTail(count: number): void {
    if (count <= 0) return;
    this.dropBytes(count);
    for (let step = 0; step < 3 && isContinuation(this.ring[this.ringStart] ?? 0); step += 1) this.dropBytes(1);
  }

  private dropBytes(count: number): void {
    let left = Math.min(count, this.ringLength);
    this.ringStart = (this.ringStart + left) % Math.max(this.ring.length, 1);
    this.ringLength -= left;
    this.dropped += left;
    while (left > 0) {
      const first = this.segments[0];
      if (first === undefined) return;
      const taken = Math.min(first.length, left);
      first.length -= taken;
      left -= taken;
      if (first.length === 0) this.segments.shift();
    }
  }

  private tailPieces(): OutputPiece[] {
    const bytes = Buffer.concat([
      this.ring.subarray(this.ringStart, this.ringStart + this.ringLength),
      this.ring.subarray(0, Math.max(0, this.ringStart + this.ringLength - this.ring.length)),
    ]);
    let from = 0;
    return this.segments.map(({ stream, length }) => {
      from += length;
      return { stream, text: decode(bytes.subarray(from - length, from)) };
    });
  }
}

/** How many bytes at the end begin a UTF-8 character whose rest is still to come: 0..3. */
export function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return characterLength(byte) > back ? back : 0;
  }
  return 0;
}

function characterLength(lead: number): number {
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xc2 && lead <= 0xdf ? 2 : 1;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function characterStartAtOrBefore(bytes: Buffer, index: number): number {
  for (let at = index; at > index - 4 && at >= 0; at -= 1) if (!isContinuation(bytes[at] ?? 0)) return at;
  return index;
}

function characterStartAtOrAfter(bytes: Buffer, index: number): number {
  for (let at = index; at < index + 4 && at < bytes.length; at += 1) if (!isContinuation(bytes[at] ?? 0)) return at;
  return index;
}

function decode(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\uFFFD');
}

function systemLine(text: string): OutputPiece {
  return { stream: 'system', text: `${text}\n` };
}

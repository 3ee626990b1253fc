/** The output of an execution as lines. It comes in chunks that begin and end anywhere in a line. */
import type { LogEntry } from '@/api/types';

export interface LogLine {
  /** The chunk that it begins in and its place there: the same however much is known before it. */
  readonly key: string;
  /** From 1, over all attempts: what `#L120` points to. Null while what stands before it is not known. */
  readonly number: number | null;
  readonly attempt: number;
  /** When its first part was printed, ISO 8601. */
  readonly at: string;
  readonly stream: LogEntry['stream'];
  /** Without the line break; with the escapes that the program printed. */
  readonly text: string;
}

/** Chunks have numbers from 1 without holes. */
const FIRST_SEQ = 1;

/** A stretch of the output. Grows at both ends. Whoever shows it subscribes; `version` says that there is something new. */
export class LogBuffer {
  #chunks: LogEntry[] = [];
  #lines: LogLine[] = [];
  /** Index of the line that the next chunk of an attempt's stream goes on with. */
  readonly #open = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Sequence number of the first chunk; null = none. */
  get firstSeq(): number | null {
    return this.#chunks[0]?.seq ?? null;
  }

  /** Sequence number of the last chunk; 0 = none. */
  get lastSeq(): number {
    return this.#chunks.at(-1)?.seq ?? 0;
  }

  /** Whether there is something before it that is not here. */
  get hasEarlier(): boolean {
    return this.#chunks.length > 0 && this.firstSeq !== FIRST_SEQ;
  }

  get version(): number {
    return this.#version;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Chunks in the order of their numbers; those that it has already are left out. */
  add(chunks: readonly LogEntry[]): void {
    const last = this.lastSeq;
    const fresh = chunks.filter(({ seq }) => seq > last);
    if (fresh.length === 0) return;
    const isNumbered = fresh[0]?.seq === FIRST_SEQ || (this.#chunks.length > 0 && !this.hasEarlier);
    for (const chunk of fresh) {
      this.#chunks.push(chunk);
      this.#addChunk(chunk, isNumbered);
    }
    this.#tell();
  }

  /** Chunks that stand right before the first one, in the order of their numbers. */
  addBefore(chunks: readonly LogEntry[]): void {
    const { firstSeq } = this;
    const fresh = chunks.filter(({ seq }) => firstSeq === null || seq < firstSeq);
    if (fresh.length === 0) return;
    this.#chunks = [...fresh, ...this.#chunks];
    this.#lines = [];
    this.#open.clear();
    // Lines may begin in what is new and go on in what was there.
    for (const chunk of this.#chunks) this.#addChunk(chunk, !this.hasEarlier);
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #addChunk({ seq, attempt, stream, timestamp, message }: LogEntry, isNumbered: boolean): void {
    const stretch = `${String(attempt)} ${stream}`;
    const parts = message.split('\n');
    parts.forEach((part, at) => {
      const isLast = at === parts.length - 1;
      if (isLast && part === '') return;
      const open = at === 0 ? this.#open.get(stretch) : undefined;
      const before = open === undefined ? undefined : this.#lines[open];
      if (open !== undefined && before !== undefined) {
        this.#lines[open] = { ...before, text: overwritten(before.text + part, isLast) };
      } else {
        this.#lines.push({ key: `${String(seq)}.${String(at)}`, number: isNumbered ? this.#lines.length + 1 : null, attempt, at: timestamp, stream, text: overwritten(part, isLast) });
      }
      if (isLast) this.#open.set(stretch, open ?? this.#lines.length - 1);
      else this.#open.delete(stretch);
    });
  }
}

/** What a terminal would show after carriage returns, as progress bars print them. One at the end waits for what comes after it. */
function overwritten(text: string, isOpen: boolean): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  const shown = line.slice(line.lastIndexOf('\r') + 1);
  return isOpen && line !== text ? `${shown}\r` : shown;
}

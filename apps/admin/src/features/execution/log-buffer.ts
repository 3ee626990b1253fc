/** The output of an execution as lines. It comes in chunks that begin and end anywhere in a line. */
import type { LogEntry } from '@/api/types';

export interface LogLine {
  /** From 1, over all attempts: what `#L120` points to. */
  readonly number: number;
  readonly attempt: number;
  /** When its first part was printed, ISO 8601. */
  readonly at: string;
  readonly stream: LogEntry['stream'];
  /** Without the line break; with the escapes that the program printed. */
  readonly text: string;
}

/** Grows at its end. Whoever shows it subscribes; `version` says that there is something new. */
export class LogBuffer {
  #lines: LogLine[] = [];
  /** Index of the line that the next chunk of an attempt's stream goes on with. */
  readonly #open = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #lastSeq = 0;
  #version = 0;

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Sequence number of the last chunk; 0 = none. */
  get lastSeq(): number {
    return this.#lastSeq;
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
    const fresh = chunks.filter(({ seq }) => seq > this.#lastSeq);
    if (fresh.length === 0) return;
    for (const chunk of fresh) {
      this.#addChunk(chunk);
      this.#lastSeq = chunk.seq;
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #addChunk({ attempt, stream, timestamp, message }: LogEntry): void {
    const key = `${String(attempt)} ${stream}`;
    const parts = message.split('\n');
    parts.forEach((part, at) => {
      const isLast = at === parts.length - 1;
      if (isLast && part === '') return;
      const open = at === 0 ? this.#open.get(key) : undefined;
      const before = open === undefined ? undefined : this.#lines[open];
      if (open !== undefined && before !== undefined) {
        this.#lines[open] = { ...before, text: overwritten(before.text + part, isLast) };
      } else {
        this.#lines.push({ number: this.#lines.length + 1, attempt, at: timestamp, stream, text: overwritten(part, isLast) });
      }
      if (isLast) this.#open.set(key, open ?? this.#lines.length - 1);
      else this.#open.delete(key);
    });
  }
}

/** What a terminal would show after carriage returns, as progress bars print them. One at the end waits for what comes after it. */
function overwritten(text: string, isOpen: boolean): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  const shown = line.slice(line.lastIndexOf('\r') + 1);
  return isOpen && line !== text ? `${shown}\r` : shown;
}

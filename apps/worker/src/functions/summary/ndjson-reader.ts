import { PermanentFailure } from '#executors/functions/task-function.js';
import type { TextReader } from './text-reader.js';

/** Longest line, characters. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

/** Reads one JSON value a line. Blank lines are passed over. */
export class NdjsonReader implements TextReader {
  private rest = '';
  private lines = 0;

  constructor(private readonly value: (value: unknown) => void) {}

  /** @throws PermanentFailure naming the line that is not JSON */
  push(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.line(line);
    if (this.rest.length > MAX_LINE_CHARACTERS) {
      throw new PermanentFailure(`line ${this.lines + 1} is longer than ${MAX_LINE_CHARACTERS} characters`);
    }
  }

  end(): void {
    this.line(this.rest);
  }

  private line(text: string): void {
    this.lines += 1;
    if (text.trim() !== '') this.value(this.parsed(text));
  }

  private parsed(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new PermanentFailure(`line ${this.lines} is not JSON`); // the parser's message quotes the file
    }
  }
}

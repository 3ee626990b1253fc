/**
 * Reads a JSON file a piece at a time: the items of a list, or values one after the other. Only where a value begins and
 * ends is found out here; each is then read by `JSON.parse`, so that what is accepted is JSON and never more than one value
 * is held.
 */
import { PermanentFailure } from '#executors/functions/task-function.js';
import type { TextReader } from './text-reader.js';

/** Longest value, characters. */
const MAX_VALUE_CHARACTERS = 16 * 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What may come next outside a value. `more`: a value, or in a list behind a comma. */
type Expecting = 'start' | 'first-item' | 'item' | 'comma' | 'value' | 'nothing';

export class JsonReader implements TextReader {
  private text = '';
  private at = 0;
  /** Where the value that is being read begins; -1 between values. */
  private begin = -1;
  private depth = 0;
  private inString = false;
  private expecting: Expecting = 'start';
  private count = 0;

  constructor(private readonly value: (value: unknown) => void) {}

  /** @throws PermanentFailure where the file is not JSON */
  push(text: string): void {
    const kept = this.begin < 0 ? this.at : this.begin;
    this.text = this.text.slice(kept) + text;
    this.at -= kept;
    if (this.begin >= 0) this.begin = 0;
    while (this.at < this.text.length) {
      if (this.begin < 0) this.between(this.text.charCodeAt(this.at));
      else if (this.inString) this.skipString();
      else this.within(this.text.charCodeAt(this.at));
    }
    if (this.begin >= 0 && this.text.length > MAX_VALUE_CHARACTERS) {
      throw new PermanentFailure(`value ${this.count + 1} is longer than ${MAX_VALUE_CHARACTERS} characters`);
    }
  }

  /** @throws PermanentFailure when the file ends in the middle */
  end(): void {
    if (this.begin >= 0 && this.depth === 0 && !this.inString) this.finish(this.at);
    const isComplete = this.begin < 0 && (this.expecting === 'start' || this.expecting === 'value' || this.expecting === 'nothing');
    if (!isComplete) throw new PermanentFailure(`the file ends in the middle, after ${this.count} values`);
  }

  private between(code: number): void {
    if (isBlank(code)) this.at += 1;
    else if (this.expecting === 'start' && code === OPEN_LIST) this.step('first-item');
    else if (this.expecting === 'comma' && code === COMMA) this.step('item');
    else if (code === CLOSE_LIST && (this.expecting === 'comma' || this.expecting === 'first-item')) this.step('nothing');
    else if (this.expecting === 'comma' || this.expecting === 'nothing' || code === COMMA) throw this.notJson();
    else {
      this.begin = this.at;
      this.depth = 0;
    }
  }

  private step(expecting: Expecting): void {
    this.expecting = expecting;
    this.at += 1;
  }

  private within(code: number): void {
    if (this.depth === 0 && this.at > this.begin && (isBlank(code) || code === COMMA || code === CLOSE_LIST)) {
      this.finish(this.at);
      return;
    }
    this.at += 1;
    if (code === QUOTE) this.inString = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) this.depth += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      this.depth -= 1;
      if (this.depth <= 0) this.finish(this.at);
    }
  }

  /** Goes behind the closing quote, or as far as the text goes without splitting an escape. */
  private skipString(): void {
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === BACKSLASH) this.at += 1;
      else if (code === QUOTE) {
        this.inString = false;
        this.at += 1;
        return;
      }
    }
  }

  private finish(end: number): void {
    let value: unknown;
    try {
      value = JSON.parse(this.text.slice(this.begin, end));
    } catch {
      throw this.notJson(); // the parser's message quotes the file
    }
    this.begin = -1;
    this.count += 1;
    this.expecting = this.expecting === 'start' || this.expecting === 'value' ? 'value' : 'comma';
    this.value(value);
  }

  private notJson(): PermanentFailure {
    return new PermanentFailure(`value ${this.count + 1} is not JSON`);
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

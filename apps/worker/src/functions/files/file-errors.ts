import { errorCode } from './confined-folder.js';

/** Texts that are kept; further errors are only counted. */
const KEPT_ERRORS = 100;

/** What went wrong with single files while the others went on. */
export class FileErrors {
  /** How many there were. */
  count = 0;
  /** The first ones, `<path below the root>: <code>`. */
  readonly texts: string[] = [];

  constructor(private readonly warn: (message: string) => void) {}

  /** @param name path below the root; the machine's own paths are nobody's business */
  add(name: string, error: unknown): void {
    this.count += 1;
    if (this.texts.length >= KEPT_ERRORS) return;
    const text = `${name === '' ? '.' : name}: ${errorCode(error) ?? (error instanceof Error ? error.message : String(error))}`;
    this.texts.push(text);
    this.warn(text);
  }
}

/** A log file that starts afresh at 10 MB and keeps the one before as `.1`. */
import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

const MAX_BYTES = 10 * 1024 * 1024;

export class LogFile {
  #path;
  #descriptor;
  #bytes;

  constructor(path) {
    this.#path = path;
    this.#open();
  }

  line(text) {
    if (this.#bytes > MAX_BYTES) {
      closeSync(this.#descriptor);
      renameSync(this.#path, `${this.#path}.1`);
      this.#open();
    }
    this.#bytes += writeSync(this.#descriptor, `${text}\n`);
  }

  #open() {
    this.#descriptor = openSync(this.#path, 'a', 0o600);
    this.#bytes = statSync(this.#path).size;
  }
}

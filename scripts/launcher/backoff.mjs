const FIRST_MS = 250;
const MAX_MS = 10_000;
const STABLE_MS = 30_000;

/** Growing pauses between restarts: 250 ms, doubled up to 10 s, from the start again after 30 s without one. */
export class Backoff {
  #pauseMs = FIRST_MS;
  #lastAt = 0;

  nextMs() {
    const isStable = performance.now() - this.#lastAt > STABLE_MS + this.#pauseMs;
    this.#lastAt = performance.now();
    const pauseMs = isStable ? FIRST_MS : this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, MAX_MS);
    return pauseMs;
  }
}

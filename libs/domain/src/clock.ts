/**
 * Where the code takes the time from. Decisions that matter between processes use the database's clock instead; this one
 * measures durations, stamps logs and lets tests move time by hand.
 */
export abstract class Clock {
  /** The present instant, UTC. */
  abstract now(): Date;
  /** Milliseconds of a clock that never goes backwards; only differences mean anything. */
  abstract monotonicMs(): number;
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  monotonicMs(): number {
    return performance.now();
  }
}

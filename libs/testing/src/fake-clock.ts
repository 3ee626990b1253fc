import { Clock } from '#domain/clock.js';

/** A clock that a test moves by hand. */
export class FakeClock extends Clock {
  private elapsedMs = 0;

  constructor(private readonly startedAt: Date = new Date('2027-01-01T00:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.startedAt.getTime() + this.elapsedMs);
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  advance(ms: number): void {
    this.elapsedMs += ms;
  }
}

import { DomainError } from '#domain/errors.js';

/** Lets a bounded number of jobs run at once and a bounded number wait, in order of arrival. */
export class ConcurrencyLimit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /** Runs `work` when there is room. @throws DomainError `RATE_LIMIT_EXCEEDED` when too many wait already */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.maxRunning) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) {
      throw new DomainError('RATE_LIMIT_EXCEEDED', 'Too many passwords are being checked at once, try again later');
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

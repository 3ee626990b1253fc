import { RateLimiter, type RateRule, type RateUsage } from '#application/rate-limiting/rate-limiter.js';
import type { Clock } from '#domain/clock.js';
import type { Database, Statement } from '../database.js';

/** `now()` is the instant of the statement, the same in all its parts: a window cannot end between two of them. */
const HIT: Statement = {
  name: 'rate-limit-hit',
  text: `
    insert into rate_limit as r (key, count, reset_at)
    values ($1, 1, now() + $2::float8 * interval '1 millisecond')
    on conflict (key) do update set
           count = case when r.reset_at <= now() then 1 else r.count + 1 end,
           reset_at = case when r.reset_at <= now() then excluded.reset_at else r.reset_at end
    returning count, extract(epoch from reset_at - now())::float8 * 1000 as reset_in_ms`,
};

/** Rows that another instance counts in at this moment are left for the next time. */
const PRUNE: Statement = {
  name: 'rate-limit-prune',
  text: `
    delete from rate_limit where key in (
      select key from rate_limit where reset_at <= now() order by reset_at limit 5000 for update skip locked)`,
};

/** Ended windows are deleted at most this often by each instance, milliseconds. */
const PRUNE_INTERVAL_MS = 60_000;

/** Counts in an unlogged table, one statement a request, by the database's clock. Ended windows are deleted on the way. */
export class PostgresRateLimiter extends RateLimiter {
  private prunedAtMs: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
    this.prunedAtMs = clock.monotonicMs();
  }

  async hit(key: string, rule: RateRule): Promise<RateUsage> {
    const [row] = await this.database.query<{ count: number; reset_in_ms: number }>(HIT, [key, rule.windowMs]);
    this.pruneNowAndThen();
    return { count: row?.count ?? 1, resetInMs: row?.reset_in_ms ?? rule.windowMs };
  }

  private pruneNowAndThen(): void {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.prunedAtMs < PRUNE_INTERVAL_MS) return;
    this.prunedAtMs = nowMs;
    // Nobody waits for it, and what fails is tried again a minute later.
    this.database.query(PRUNE).catch(() => undefined);
  }
}

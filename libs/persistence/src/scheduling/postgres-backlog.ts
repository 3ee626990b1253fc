import { Backlog } from '#application/scheduling/backlog.js';
import type { Database, Statement } from '../database.js';

const DEPTHS: Statement = {
  name: 'backlog-depths',
  text: `
    select queue, count(*)::int as depth from execution
     where status = 'pending' and hold is null and (next_attempt_at is null or next_attempt_at <= clock_timestamp())
     group by queue`,
};

export class PostgresBacklog extends Backlog {
  constructor(private readonly database: Database) {
    super();
  }

  async depths(): Promise<Record<string, number>> {
    const rows = await this.database.query<{ queue: string; depth: number }>(DEPTHS);
    return Object.fromEntries(rows.map(({ queue, depth }) => [queue, depth]));
  }
}

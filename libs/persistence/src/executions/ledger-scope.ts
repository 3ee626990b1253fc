import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { Database, Statement } from '../database.js';
import { SharedReading } from '../shared-reading.js';
import type { Scope } from './execution-filter.js';

/** What lists have to leave out: usually nothing. */
const SCOPES: Statement = {
  name: 'execution-scopes',
  text: `
    select w.job, exists (select 1 from deleted_job) as has_deleted,
           w.job = '' or exists (select 1 from scheduled_job j where j.id = nullif(w.job, '')::uuid) as has_job
      from unnest($1::text[]) as w(job)`,
};

const ALL_JOBS = '';

interface ScopeRow {
  readonly job: string;
  readonly has_deleted: boolean;
  readonly has_job: boolean;
}

/** What a deleted job left in the ledger is not there for anybody, until it is gone (ADR 12). */
export class LedgerScopes {
  private readonly scopes: SharedReading<string, ScopeRow>;

  constructor(database: Database) {
    this.scopes = new SharedReading(async (jobs) => {
      const rows = await database.query<ScopeRow>(SCOPES, [jobs]);
      return new Map(rows.map((row) => [row.job, row]));
    });
  }

  async of({ jobId }: ExecutionFilter): Promise<Scope | 'nothing'> {
    const scope = await this.scopes.find(jobId ?? ALL_JOBS);
    if (scope?.has_job !== true) return 'nothing';
    return jobId === undefined && scope.has_deleted ? 'of-jobs' : 'all';
  }
}

import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { Database, Statement } from '../database.js';
import type { Scope } from './execution-filter.js';

/** What a list has to leave out: usually nothing. */
const SCOPE: Statement = {
  name: 'execution-scope',
  text: `
    select exists (select 1 from deleted_job) as has_deleted,
           $1::uuid is null or exists (select 1 from scheduled_job where id = $1::uuid) as has_job`,
};

/** What a deleted job left in the ledger is not there for anybody, until it is gone (ADR 12). */
export async function scopeOf(database: Database, { jobId }: ExecutionFilter): Promise<Scope | 'nothing'> {
  const [scope] = await database.query<{ has_deleted: boolean; has_job: boolean }>(SCOPE, [jobId ?? null]);
  if (scope?.has_job !== true) return 'nothing';
  return jobId === undefined && scope.has_deleted ? 'of-jobs' : 'all';
}

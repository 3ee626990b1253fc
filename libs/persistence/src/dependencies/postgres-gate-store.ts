import { GateStore, type GateRound, type GateScope } from '#application/scheduling/gate-store.js';
import type { GateDecision, GateFacts } from '#domain/dependencies/judge-gate.js';
import type { JobId } from '#domain/ids.js';
import type { Database, Queryable, Statement } from '../database.js';
import { columns, storable } from '../rows.js';
import { toQueueItem, type QueueItemRow } from '../scheduling/queue-item-row.js';
import { dependencyStates, type DependencyStates } from './dependency-states.js';

const WAITS = "hold = 'dependency' and status = 'pending'";

const WAITING_OF: Statement = {
  name: 'gate-waiting-of',
  text: `select distinct job_id from execution where ${WAITS} and job_id = any($1::uuid[])`,
};

const WAITING_DEPENDING_ON: Statement = {
  name: 'gate-waiting-depending-on',
  text: `
    select distinct job_id from execution
     where ${WAITS} and job_id = any(array(select job_id from job_dependency where depends_on_id = any($1::uuid[])))`,
};

/** By chance, so that with more of them than one round takes none is left out for ever. */
const WAITING_ALL: Statement = {
  name: 'gate-waiting-all',
  text: `select job_id from execution where ${WAITS} group by job_id order by random() limit 1000`,
};

const LOCK_JOBS: Statement = {
  name: 'gate-lock-jobs',
  text: 'select id from scheduled_job where id = any($1::uuid[]) order by id for no key update',
};

/**
 * After the lock, in a statement of its own. The window counts from the nominal instant, of occurrences that are caught up
 * from when they were planned, because before that nobody could have run.
 */
const FACTS: Statement = {
  name: 'gate-facts',
  text: `
    select e.id, e.job_id, e.attempt, e.queue, e.task_function, e.priority, clock_timestamp() as now,
           greatest(e.scheduled_for, e.created_at) + e.timeout_ms * interval '1 millisecond' as deadline,
           ${dependencyStates('e.job_id', 'e.scheduled_for')} as dependencies
      from execution e where e.job_id = any($1::uuid[]) and e.${WAITS.replace(' and ', ' and e.')}
     order by e.id for update of e`,
};

const OPEN: Statement = {
  name: 'gate-open',
  text: `update execution set hold = null where id = any($1::uuid[]) and ${WAITS}`,
};

/** The state machine's `failWaiting`. */
const FAIL: Statement = {
  name: 'gate-fail',
  text: `
    update execution e set status = 'failed', reason = f.reason, error = f.error, hold = null, finished_at = clock_timestamp()
      from unnest($1::uuid[], $2::text[], $3::text[]) as f(id, reason, error)
     where e.id = f.id and e.${WAITS.replace(' and ', ' and e.')}`,
};

interface FactsRow extends QueueItemRow {
  job_id: JobId;
  now: Date;
  deadline: Date;
  dependencies: DependencyStates;
}

interface Judged {
  readonly row: FactsRow;
  readonly decision: GateDecision;
}

const NOTHING: GateRound = { items: [], failed: [] };

export class PostgresGateStore extends GateStore {
  constructor(private readonly database: Database) {
    super();
  }

  async judge(scope: GateScope, decide: (facts: GateFacts) => GateDecision): Promise<GateRound> {
    const jobIds = await this.waiting(scope);
    if (jobIds.length === 0) return NOTHING;
    return this.database.transaction(async (tx) => {
      await tx.query(LOCK_JOBS, [jobIds]);
      const rows = await tx.query<FactsRow>(FACTS, [jobIds]);
      return settle(tx, rows.map((row) => ({ row, decision: decide(row) })));
    });
  }

  private async waiting(scope: GateScope): Promise<JobId[]> {
    const rows = await this.database.query<{ job_id: JobId }>(...candidates(scope));
    return rows.map((row) => row.job_id);
  }
}

function candidates(scope: GateScope): [Statement, unknown[]] {
  if (scope === 'all') return [WAITING_ALL, []];
  return 'of' in scope ? [WAITING_OF, [scope.of]] : [WAITING_DEPENDING_ON, [scope.dependingOn]];
}

async function settle(tx: Queryable, judged: readonly Judged[]): Promise<GateRound> {
  const opened = judged.filter(({ decision }) => decision.kind === 'open').map(({ row }) => row);
  const failed = judged.flatMap(({ row, decision }) => (decision.kind === 'fail' ? [{ row, ...decision }] : []));
  if (opened.length > 0) await tx.query(OPEN, [opened.map(({ id }) => id)]);
  if (failed.length > 0) {
    await tx.query(FAIL, columns(failed, ({ row }) => row.id, ({ reason }) => reason, ({ error }) => storable(error)));
  }
  return { items: opened.map(toQueueItem), failed: [...new Set(failed.map(({ row }) => row.job_id))] };
}

import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { Statement } from '../database.js';

/**
 * What the ledger has and what belongs to a job. The two differ while a deleted job's history is being deleted; only then
 * lists pay for leaving it out, by looking at the rows and not only at an index.
 */
export type Scope = 'all' | 'of-jobs';

/**
 * Statements over `execution`, one for each shape of a filter. The status stands in the text and not in a parameter, because
 * only then the planner can use the partial indexes over what did not succeed; it is one of a closed set, so that there are
 * few of them. Parameter $1 is the job, or null.
 */
export class FilteredStatements {
  private readonly known = new Map<string, Statement>();

  /** @param text makes the statement's text from its condition */
  constructor(
    private readonly name: string,
    private readonly text: (condition: string) => string,
  ) {}

  for(filter: ExecutionFilter, scope: Scope): Statement {
    const key = `${scope}-${filter.jobId === undefined ? 'all' : 'job'}-${statusesOf(filter)?.join('-') ?? 'any'}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // Postgres cuts names at 63 characters, which a list of statuses can exceed.
    const statement = { name: `${this.name}-${String(this.known.size)}`, text: this.text(conditionOf(filter, scope)) };
    this.known.set(key, statement);
    return statement;
  }
}

/** Hashed once, so that the order of the index stays. */
const NOT_DELETED = ' and job_id not in (select id from deleted_job)';

function conditionOf(filter: ExecutionFilter, scope: Scope): string {
  const job = (filter.jobId === undefined ? '$1::uuid is null' : 'job_id = $1::uuid') + (scope === 'all' ? '' : NOT_DELETED);
  const statuses = statusesOf(filter);
  if (statuses === undefined) return job;
  const [only] = statuses;
  if (statuses.length === 1 && only !== undefined) return `${job} and status = '${only}'`;
  return `${job} and status in (${statuses.map((status) => `'${status}'`).join(', ')})`;
}

function statusesOf(filter: ExecutionFilter): readonly ExecutionStatus[] | undefined {
  return filter.status === undefined ? filter.statuses && [...new Set(filter.statuses)].sort() : [filter.status];
}

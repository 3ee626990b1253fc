import { DomainError } from '#domain/errors.js';
import type { Queryable, Statement } from '../database.js';
import { storable } from '../rows.js';

/** Two changes that ask for the same new name take turns. */
const LOCK_NAME: Statement = {
  name: 'job-lock-name',
  text: "select pg_advisory_xact_lock(hashtextextended('takt job name ' || $1, 0))",
};

/** After the lock, in a statement of its own: it must see what the lock waited for. */
const NAME_HOLDER: Statement = {
  name: 'job-name-holder',
  text: 'select number from scheduled_job where name = $1 and id <> $2 limit 1',
};

/** @throws DomainError `JOB_NAME_TAKEN` when another job than `jobId` has the name */
export async function requireNewName(tx: Queryable, name: string, jobId: string): Promise<void> {
  const stored = storable(name);
  await tx.query(LOCK_NAME, [stored]);
  const [holder] = await tx.query<{ number: number }>(NAME_HOLDER, [stored, jobId]);
  if (holder !== undefined) throw new DomainError('JOB_NAME_TAKEN', `The name '${name}' is taken by job ${String(holder.number)}`);
}

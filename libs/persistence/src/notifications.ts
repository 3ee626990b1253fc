/**
 * Wake-ups between processes over Postgres `NOTIFY`. They are hints that save waiting: whoever listens also looks by itself
 * every second or two, so a lost notification costs time and nothing else. Sent inside transactions, they arrive after
 * the commit.
 */
import type { Queryable, Statement } from './database.js';

/** A job was created, changed or deleted: cursors may have moved. */
export const JOBS_CHANNEL = 'takt_jobs';
/** Executions are to be stopped; the payload lists their ids, separated by commas. */
export const CANCEL_CHANNEL = 'takt_cancel';

const NOTIFY: Statement = { name: 'notify', text: 'select pg_notify($1, $2)' };

/** Postgres takes payloads below 8000 bytes: 200 ids of 36 characters and a comma. */
const IDS_PER_PAYLOAD = 200;

/** Tells scheduler instances that cursors moved. */
export async function announceJobChange(tx: Queryable): Promise<void> {
  await tx.query(NOTIFY, [JOBS_CHANNEL, '']);
}

/** Tells workers which running executions to stop. */
export async function announceCancels(tx: Queryable, executionIds: readonly string[]): Promise<void> {
  for (let from = 0; from < executionIds.length; from += IDS_PER_PAYLOAD) {
    await tx.query(NOTIFY, [CANCEL_CHANNEL, executionIds.slice(from, from + IDS_PER_PAYLOAD).join(',')]);
  }
}

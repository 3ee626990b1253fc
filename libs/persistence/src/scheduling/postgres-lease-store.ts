import { LeaseStore, type Reign } from '#application/scheduling/leadership.js';
import type { InstanceId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';

/** A renewal keeps the term; anything else, also winning again after the lease ran out, begins a new one. */
const ACQUIRE_OR_RENEW: Statement = {
  name: 'lease-acquire-or-renew',
  text: `
    update leader_lease set
           term = case when holder = $1 and expires_at > clock_timestamp() then term else term + 1 end,
           elected_at = case when holder = $1 and expires_at > clock_timestamp() then elected_at else clock_timestamp() end,
           holder = $1,
           expires_at = clock_timestamp() + $2 * interval '1 millisecond'
     where name = 'scheduler' and (holder is null or holder = $1 or expires_at <= clock_timestamp())
    returning term`,
};

const RELEASE: Statement = {
  name: 'lease-release',
  text: `
    update leader_lease set holder = null, expires_at = clock_timestamp()
     where name = 'scheduler' and holder = $1 and term = $2`,
};

export class PostgresLeaseStore extends LeaseStore {
  constructor(private readonly database: Database) {
    super();
  }

  async acquireOrRenew(holder: InstanceId, leaseMs: number): Promise<number | null> {
    const [row] = await this.database.query<{ term: string }>(ACQUIRE_OR_RENEW, [holder, leaseMs]);
    return row === undefined ? null : Number(row.term);
  }

  async release(reign: Reign): Promise<void> {
    await this.database.query(RELEASE, [reign.holder, reign.term]);
  }
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Executions that ended on a worker in one span of time, summed up. Derived from the ledger, and kept when that is pruned. */
@Entity('worker_rollup')
@Index('worker_rollup_bucket_idx', ['bucket'])
export class WorkerRollupEntity {
  /** The nil UUID: no worker had it, it was cancelled or failed before it started. */
  @PrimaryColumn('uuid', { name: 'worker_id', primaryKeyConstraintName: 'worker_rollup_pkey' })
  workerId!: string;

  /** Begin of the span: a minute of the last day, an hour of the last week, else a day (UTC). */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'worker_rollup_pkey' })
  bucket!: Date;

  @Column('int')
  succeeded!: number;

  /** Failed, timed out or cancelled. */
  @Column('int')
  failed!: number;

  /** Those of the failed that were cancelled. */
  @Column('int', { default: 0 })
  cancelled!: number;

  /** Those that succeeded or failed whose run time is known. */
  @Column('int')
  timed!: number;

  @Column('bigint', { name: 'sum_ms' })
  sumMs!: string;

  @Column('timestamptz', { name: 'last_at' })
  lastAt!: Date;
}

/** How far the ledger is summed up: all that ended at or before `until`. One row. */
@Entity('worker_rollup_progress')
export class WorkerRollupProgressEntity {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'worker_rollup_progress_pkey' })
  id!: number;

  @Column('timestamptz')
  until!: Date;
}

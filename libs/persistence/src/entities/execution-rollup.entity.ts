import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ScheduledJobEntity } from './scheduled-job.entity.js';

/** Executions of a job that ended in one hour (UTC) with one status, summed up. Derived from the ledger. */
@Entity('execution_rollup')
@Index('execution_rollup_hour_idx', ['hour'])
export class ExecutionRollupEntity {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'execution_rollup_pkey' })
  jobId!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'execution_rollup_pkey' })
  hour!: Date;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'execution_rollup_pkey' })
  status!: string;

  @ManyToOne(() => ScheduledJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'execution_rollup_job_fkey' })
  job!: Relation<ScheduledJobEntity>;

  @Column('int')
  count!: number;

  /** Those of them that had started: what the durations are of. */
  @Column('int')
  timed!: number;

  @Column('bigint', { name: 'sum_ms' })
  sumMs!: string;

  @Column('bigint', { name: 'min_ms', nullable: true })
  minMs!: string | null;

  @Column('bigint', { name: 'max_ms', nullable: true })
  maxMs!: string | null;

  @Column('timestamptz', { name: 'last_at' })
  lastAt!: Date;
}

/** How far the ledger is summed up: everything that ended before `until`. One row. */
@Entity('execution_rollup_progress')
export class ExecutionRollupProgressEntity {
  @PrimaryColumn('varchar', { length: 50, primaryKeyConstraintName: 'execution_rollup_progress_pkey' })
  name!: string;

  @Column('timestamptz')
  until!: Date;
}

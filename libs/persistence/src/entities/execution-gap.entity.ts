import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ScheduledJobEntity } from './scheduled-job.entity.js';

/** More than a hundred skipped occurrences in a row, kept as one row: the ledger stays complete without a flood. */
@Entity('execution_gap')
@Index('execution_gap_job_idx', ['jobId', 'fromAt'])
export class ExecutionGapEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'execution_gap_pkey' })
  id!: string;

  @Column('uuid', { name: 'job_id' })
  jobId!: string;

  @ManyToOne(() => ScheduledJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'execution_gap_job_fkey' })
  job!: Relation<ScheduledJobEntity>;

  @Column('timestamptz', { name: 'from_at' })
  fromAt!: Date;

  @Column('timestamptz', { name: 'to_at' })
  toAt!: Date;

  @Column('int')
  count!: number;

  @Column('varchar', { length: 40 })
  reason!: string;

  @Column('int', { name: 'schedule_version' })
  scheduleVersion!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}

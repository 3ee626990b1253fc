import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The ledger: one row an occurrence or manual trigger. `token` grows with every claim and fences all later writes;
 * `hold` says what an execution that may not start yet waits for: a `slot` or a `dependency`; `enqueued_at` is null
 * while its queue job is still to be made.
 */
@Entity('execution')
@Index('execution_occurrence_key', ['jobId', 'scheduledFor'], { unique: true, where: "(trigger = 'scheduler'::text)" })
@Index('execution_number_key', ['number'], { unique: true })
@Index('execution_live_idx', ['jobId', 'scheduledFor'], {
  where: "(status = ANY (ARRAY['pending'::text, 'dispatched'::text, 'running'::text]))",
})
@Index('execution_hold_idx', ['jobId', 'scheduledFor'], { where: "((hold IS NOT NULL) AND (status = 'pending'::text))" })
@Index('execution_finished_idx', ['jobId', 'finishedAt'], { where: "((finished_at IS NOT NULL) AND (status <> 'skipped'::text))" })
@Index('execution_outbox_idx', ['scheduledFor'], { where: "((status = 'pending'::text) AND (enqueued_at IS NULL))" })
@Index('execution_running_idx', ['workerId'], { where: "(status = ANY (ARRAY['dispatched'::text, 'running'::text]))" })
@Index('execution_list_idx', ['sortAt', 'id'])
@Index('execution_job_list_idx', ['jobId', 'sortAt', 'id'])
@Index('execution_job_unsuccessful_idx', ['jobId', 'status', 'sortAt', 'id'], { where: "(status = ANY (ARRAY['failed'::text, 'timeout'::text, 'cancelled'::text, 'skipped'::text]))" })
@Index('execution_unsuccessful_idx', ['status', 'sortAt', 'id'], {
  where: "(status = ANY (ARRAY['failed'::text, 'timeout'::text, 'cancelled'::text, 'skipped'::text]))",
})
@Index('execution_ended_idx', ['finishedAt'], {
  where: "((finished_at IS NOT NULL) AND (status <> 'skipped'::text))",
})
export class ExecutionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'execution_pkey' })
  id!: string;

  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'BY DEFAULT' })
  number!: string;

  /** Without a foreign key on purpose: what a deleted job leaves behind outlives it for a while (`deleted_job`). */
  @Column('uuid', { name: 'job_id' })
  jobId!: string;

  /** Nominal instant; of a manual run the instant it was asked for. */
  @Column('timestamptz', { name: 'scheduled_for' })
  scheduledFor!: Date;

  /** Place in lists: the first start, before that the nominal instant. */
  @Column('timestamptz', { name: 'sort_at' })
  sortAt!: Date;

  @Column('text')
  trigger!: string;

  @Column('uuid', { name: 'triggered_by', nullable: true })
  triggeredBy!: string | null;

  @Column('int', { name: 'schedule_version' })
  scheduleVersion!: number;

  @Column('text')
  status!: string;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'task_function' })
  taskFunction!: string;

  @Column('text')
  queue!: string;

  @Column('smallint')
  priority!: number;

  @Column('jsonb', { nullable: true })
  args!: object | null;

  @Column('int', { name: 'timeout_ms' })
  timeoutMs!: number;

  @Column('int', { default: 0 })
  attempt!: number;

  @Column('smallint', { name: 'lost_count', default: 0 })
  lostCount!: number;

  @Column('int', { default: 0 })
  token!: number;

  @Column('text', { nullable: true })
  hold!: string | null;

  @Column('uuid', { name: 'worker_id', nullable: true })
  workerId!: string | null;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { name: 'enqueued_at', nullable: true })
  enqueuedAt!: Date | null;

  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null;

  @Column('timestamptz', { name: 'cancel_requested_at', nullable: true })
  cancelRequestedAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  /** Start of the first attempt. */
  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'attempt_started_at', nullable: true })
  attemptStartedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  /** Run time of the last attempt, measured by its worker. */
  @Column('int', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('jsonb', { nullable: true })
  result!: object | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('int', { name: 'exit_code', nullable: true })
  exitCode!: number | null;

  @Column('bigint', { name: 'peak_memory_bytes', nullable: true })
  peakMemoryBytes!: string | null;

  @Column('bigint', { name: 'average_memory_bytes', nullable: true })
  averageMemoryBytes!: string | null;

  @Column('real', { nullable: true })
  progress!: number | null;
}

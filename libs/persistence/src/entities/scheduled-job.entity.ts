import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { JobTypeEntity } from './job-type.entity.js';
import { TaskFunctionEntity } from './task-function.entity.js';

/** The definition of a job. `next_fire_at` is the planner's cursor: the next instant that is not in the ledger yet. */
@Entity('scheduled_job')
@Index('scheduled_job_number_key', ['number'], { unique: true })
@Index('scheduled_job_due_idx', ['nextFireAt'], { where: '(next_fire_at IS NOT NULL)' })
@Index('scheduled_job_aside_idx', ['setAsideUntil'], { where: '(set_aside_until IS NOT NULL)' })
@Index('scheduled_job_list_idx', ['createdAt', 'id'])
@Index('scheduled_job_function_idx', ['taskFunctionId'])
@Index('scheduled_job_name_idx', ['name'])
export class ScheduledJobEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scheduled_job_pkey' })
  id!: string;

  @Column({ type: 'int', generated: 'identity', generatedIdentity: 'BY DEFAULT' })
  number!: number;

  @Column('varchar', { length: 255 })
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('int', { name: 'task_function_id' })
  taskFunctionId!: number;

  @ManyToOne(() => TaskFunctionEntity, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'task_function_id', foreignKeyConstraintName: 'scheduled_job_task_function_fkey' })
  taskFunction!: Relation<TaskFunctionEntity>;

  @Column('int', { name: 'job_type_id' })
  jobTypeId!: number;

  @ManyToOne(() => JobTypeEntity, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'job_type_id', foreignKeyConstraintName: 'scheduled_job_job_type_fkey' })
  jobType!: Relation<JobTypeEntity>;

  /** As given by the client. */
  @Column('jsonb', { name: 'schedule_config' })
  scheduleConfig!: object;

  /** As the arithmetic needs it: kind, expression or grid, zone. */
  @Column('jsonb')
  schedule!: object;

  @Column('timestamptz', { name: 'start_at', nullable: true })
  startAt!: Date | null;

  @Column('timestamptz', { name: 'end_at', nullable: true })
  endAt!: Date | null;

  @Column('jsonb', { name: 'task_args', nullable: true })
  taskArgs!: object | null;

  @Column('smallint', { name: 'max_instances', default: 1 })
  maxInstances!: number;

  @Column('int', { name: 'timeout_ms' })
  timeoutMs!: number;

  @Column('smallint', { name: 'retry_count' })
  retryCount!: number;

  @Column('int', { name: 'retry_delay_ms' })
  retryDelayMs!: number;

  @Column('varchar', { name: 'retry_backoff', length: 20, default: 'fixed' })
  retryBackoff!: string;

  @Column('real', { name: 'retry_factor', default: 2 })
  retryFactor!: number;

  @Column('int', { name: 'retry_max_delay_ms', default: 3600000 })
  retryMaxDelayMs!: number;

  @Column('real', { name: 'retry_jitter', default: 0 })
  retryJitter!: number;

  @Column('varchar', { name: 'overlap_policy', length: 20, default: 'skip' })
  overlapPolicy!: string;

  @Column('varchar', { name: 'catch_up_mode', length: 20, default: 'latest' })
  catchUpMode!: string;

  @Column('bigint', { name: 'catch_up_window_ms', default: 3600000 })
  catchUpWindowMs!: string;

  @Column('varchar', { name: 'on_worker_lost', length: 20, default: 'retry' })
  onWorkerLost!: string;

  @Column('smallint', { default: 0 })
  priority!: number;

  @Column('boolean', { name: 'is_enabled' })
  isEnabled!: boolean;

  @Column('boolean', { name: 'is_paused', default: false })
  isPaused!: boolean;

  @Column('int', { name: 'schedule_version', default: 1 })
  scheduleVersion!: number;

  @Column('timestamptz', { name: 'next_fire_at', nullable: true })
  nextFireAt!: Date | null;

  /** The planner could not read the schedule and looks at the job again then. */
  @Column('timestamptz', { name: 'set_aside_until', nullable: true })
  setAsideUntil!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('uuid', { name: 'updated_by', nullable: true })
  updatedBy!: string | null;
}

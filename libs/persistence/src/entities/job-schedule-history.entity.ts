import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ScheduledJobEntity } from './scheduled-job.entity.js';

/** Which schedule was in force from when on, so that anyone can recompute what was due. */
@Entity('job_schedule_history')
export class JobScheduleHistoryEntity {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'job_schedule_history_pkey' })
  jobId!: string;

  @ManyToOne(() => ScheduledJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'job_schedule_history_job_fkey' })
  job!: Relation<ScheduledJobEntity>;

  @PrimaryColumn('int', { name: 'schedule_version', primaryKeyConstraintName: 'job_schedule_history_pkey' })
  scheduleVersion!: number;

  @Column('timestamptz', { name: 'valid_from', default: () => 'clock_timestamp()' })
  validFrom!: Date;

  @Column('jsonb')
  schedule!: object;

  @Column('timestamptz', { name: 'start_at', nullable: true })
  startAt!: Date | null;

  @Column('timestamptz', { name: 'end_at', nullable: true })
  endAt!: Date | null;

  @Column('boolean', { name: 'is_active' })
  isActive!: boolean;
}

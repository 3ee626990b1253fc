import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What the queue was last told about a job; version 0: nobody knows what the queue has. A row whose job is gone is a removal
 * still to be made; a row with another version than its job is a change still to be told. Without a foreign key on purpose: it
 * outlives the job.
 */
@Entity('schedule_registration')
export class ScheduleRegistrationEntity {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'schedule_registration_pkey' })
  jobId!: string;

  @Column('int', { name: 'schedule_version' })
  scheduleVersion!: number;

  @Column('timestamptz', { name: 'registered_at', default: () => 'clock_timestamp()' })
  registeredAt!: Date;
}

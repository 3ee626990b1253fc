import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A process with the scheduler role, one row a start. */
@Entity('scheduler_instance')
export class SchedulerInstanceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scheduler_instance_pkey' })
  id!: string;

  @Column('varchar', { length: 255 })
  hostname!: string;

  @Column('int')
  pid!: number;

  @Column('varchar', { length: 50 })
  version!: string;

  @Column('timestamptz', { name: 'started_at', default: () => 'clock_timestamp()' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'last_heartbeat_at', default: () => 'clock_timestamp()' })
  lastHeartbeatAt!: Date;
}

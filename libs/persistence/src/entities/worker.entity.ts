import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A worker process, one row a start. */
@Entity('worker')
@Index('worker_heartbeat_idx', ['lastHeartbeatAt'])
@Index('worker_name_idx', ['name', 'registeredAt'])
export class WorkerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'worker_pkey' })
  id!: string;

  @Column('varchar', { length: 255 })
  name!: string;

  @Column('varchar', { length: 255 })
  hostname!: string;

  @Column('varchar', { name: 'ip_address', length: 64 })
  ipAddress!: string;

  @Column('int')
  pid!: number;

  @Column('varchar', { length: 50 })
  version!: string;

  @Column('text', { array: true })
  queues!: string[];

  @Column('text', { name: 'task_types', array: true })
  taskTypes!: string[];

  @Column('int')
  concurrency!: number;

  @Column('int', { name: 'slots_in_use', default: 0 })
  slotsInUse!: number;

  /** alive, draining, stopped, down, clock_skew. */
  @Column('varchar', { length: 20 })
  status!: string;

  @Column('varchar', { length: 60, nullable: true })
  isolation!: string | null;

  /** Worker's clock minus the database's, milliseconds. */
  @Column('int', { name: 'clock_skew_ms', nullable: true })
  clockSkewMs!: number | null;

  @Column('timestamptz', { name: 'registered_at', default: () => 'clock_timestamp()' })
  registeredAt!: Date;

  @Column('timestamptz', { name: 'last_heartbeat_at', default: () => 'clock_timestamp()' })
  lastHeartbeatAt!: Date;
}

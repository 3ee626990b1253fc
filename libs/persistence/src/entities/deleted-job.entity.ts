import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A job that is gone while the ledger still has executions of it: those are to be shown to nobody and deleted. */
@Entity('deleted_job')
export class DeletedJobEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deleted_job_pkey' })
  id!: string;

  @Column('timestamptz', { name: 'deleted_at', default: () => 'clock_timestamp()' })
  deletedAt!: Date;
}

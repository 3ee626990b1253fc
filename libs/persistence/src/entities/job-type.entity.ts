import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Kind of schedule: 1 interval, 2 cron, 3 once. */
@Entity('job_type')
export class JobTypeEntity {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'job_type_pkey' })
  id!: number;

  @Column('varchar', { length: 50 })
  name!: string;

  @Column('varchar', { name: 'display_name', length: 100 })
  displayName!: string;

  @Column('text')
  description!: string;
}

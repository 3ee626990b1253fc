import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ScheduledJobEntity } from './scheduled-job.entity.js';

/** `job_id` waits for `depends_on_id`. */
@Entity('job_dependency')
@Index('job_dependency_parent_idx', ['dependsOnId'])
export class JobDependencyEntity {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'job_dependency_pkey' })
  jobId!: string;

  @PrimaryColumn('uuid', { name: 'depends_on_id', primaryKeyConstraintName: 'job_dependency_pkey' })
  dependsOnId!: string;

  @ManyToOne(() => ScheduledJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'job_dependency_job_fkey' })
  job!: Relation<ScheduledJobEntity>;

  @ManyToOne(() => ScheduledJobEntity, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'depends_on_id', foreignKeyConstraintName: 'job_dependency_parent_fkey' })
  dependsOn!: Relation<ScheduledJobEntity>;
}

import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ExecutionEntity } from './execution.entity.js';

/** An attempt that failed, was lost or was followed by another. A success at first try is in its execution alone. */
@Entity('execution_attempt')
export class ExecutionAttemptEntity {
  @PrimaryColumn('uuid', { name: 'execution_id', primaryKeyConstraintName: 'execution_attempt_pkey' })
  executionId!: string;

  @ManyToOne(() => ExecutionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'execution_id', foreignKeyConstraintName: 'execution_attempt_execution_fkey' })
  execution!: Relation<ExecutionEntity>;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'execution_attempt_pkey' })
  attempt!: number;

  @Column('int')
  token!: number;

  @Column('varchar', { length: 20 })
  status!: string;

  @Column('uuid', { name: 'worker_id', nullable: true })
  workerId!: string | null;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'finished_at' })
  finishedAt!: Date;

  @Column('int', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('jsonb', { nullable: true })
  result!: object | null;

  @Column('int', { name: 'exit_code', nullable: true })
  exitCode!: number | null;
}

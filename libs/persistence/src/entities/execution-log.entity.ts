import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ExecutionEntity } from './execution.entity.js';

/** Output of an execution in the order in which it was written, one row a chunk. */
@Entity('execution_log')
export class ExecutionLogEntity {
  @PrimaryColumn('uuid', { name: 'execution_id', primaryKeyConstraintName: 'execution_log_pkey' })
  executionId!: string;

  @ManyToOne(() => ExecutionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'execution_id', foreignKeyConstraintName: 'execution_log_execution_fkey' })
  execution!: Relation<ExecutionEntity>;

  /** From 1 within the execution, without holes, through all attempts. */
  @PrimaryColumn('int', { primaryKeyConstraintName: 'execution_log_pkey' })
  seq!: number;

  @Column('int')
  attempt!: number;

  @Column('timestamptz')
  at!: Date;

  @Column('varchar', { length: 10 })
  stream!: string;

  @Column('text')
  message!: string;
}

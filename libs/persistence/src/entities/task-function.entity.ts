import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** Named code or command type that a job can run. The rows mirror what the release knows; `is_active` is the operator's. */
@Entity('task_function')
@Index('task_function_name_key', ['name'], { unique: true })
export class TaskFunctionEntity {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'task_function_pkey' })
  id!: number;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { name: 'display_name', length: 200 })
  displayName!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('varchar', { name: 'handler_path', length: 255 })
  handlerPath!: string;

  @Column('varchar', { name: 'handler_type', length: 50 })
  handlerType!: string;

  @Column('varchar', { length: 100 })
  queue!: string;

  @Column('int', { name: 'default_timeout_ms' })
  defaultTimeoutMs!: number;

  @Column('jsonb', { name: 'argument_schema', nullable: true })
  argumentSchema!: object | null;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  @Column('boolean', { name: 'is_system', default: false })
  isSystem!: boolean;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}

import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to what. Triggers of the migration refuse UPDATE, DELETE and TRUNCATE. */
@Entity('audit_log')
@Index('audit_log_at_idx', ['at', 'id'])
@Index('audit_log_target_idx', ['targetType', 'targetId', 'id'])
@Index('audit_log_actor_idx', ['actorId', 'at', 'id'])
@Index('audit_log_actor_name_idx', ['actorName', 'at', 'id'])
@Index('audit_log_action_idx', ['action', 'at', 'id'])
@Index('audit_log_kind_idx', ['targetType', 'at', 'id'])
export class AuditLogEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS', primaryKeyConstraintName: 'audit_log_pkey' })
  id!: string;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;

  /** user, api-key, system, anonymous. */
  @Column('varchar', { name: 'actor_type', length: 20 })
  actorType!: string;

  @Column('varchar', { name: 'actor_id', length: 100, nullable: true })
  actorId!: string | null;

  @Column('varchar', { name: 'actor_name', length: 255, nullable: true })
  actorName!: string | null;

  @Column('varchar', { length: 100 })
  action!: string;

  @Column('varchar', { name: 'target_type', length: 50, nullable: true })
  targetType!: string | null;

  @Column('varchar', { name: 'target_id', length: 100, nullable: true })
  targetId!: string | null;

  @Column('varchar', { length: 64, nullable: true })
  ip!: string | null;

  /** Usually before and after. */
  @Column('jsonb', { default: {} })
  details!: object;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Wrong passwords in a row under one name. Unlogged. */
@Entity('login_failure')
@Index('login_failure_last_idx', ['lastFailedAt'])
export class LoginFailureEntity {
  /** SHA-256 of the name in lower case: people type passwords where names belong. */
  @PrimaryColumn('bytea', { name: 'name_hash', primaryKeyConstraintName: 'login_failure_pkey' })
  nameHash!: Buffer;

  @Column('int')
  failures!: number;

  @Column('timestamptz', { name: 'last_failed_at' })
  lastFailedAt!: Date;

  @Column('timestamptz', { name: 'blocked_until' })
  blockedUntil!: Date;
}

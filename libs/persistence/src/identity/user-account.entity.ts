import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person's account. Never deleted, only disabled. */
@Entity('user_account')
@Index('user_account_username_key', ['username'], { unique: true })
@Check('user_account_username_check', 'username = lower(username)')
@Check('user_account_role_check', "role IN ('Admin', 'Operator', 'Viewer')")
export class UserAccountEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'user_account_pkey' })
  id!: string;

  /** Lower case. */
  @Column('varchar', { length: 100 })
  username!: string;

  @Column('varchar', { length: 255, nullable: true })
  email!: string | null;

  @Column('varchar', { length: 20 })
  role!: string;

  /** PHC string of argon2id. */
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('timestamptz', { name: 'password_changed_at', default: () => 'now()' })
  passwordChangedAt!: Date;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'last_login_at', nullable: true })
  lastLoginAt!: Date | null;
}

import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { UserAccountEntity } from './user-account.entity.js';

/** An API key, known by its SHA-256; prefix and last four characters let people recognise it. */
@Entity('api_key')
@Index('api_key_hash_key', ['keyHash'], { unique: true })
@Index('api_key_creator_idx', ['createdBy'])
@Index('api_key_list_idx', ['createdAt', 'id'])
export class ApiKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_key_pkey' })
  id!: string;

  @Column('varchar', { length: 255 })
  name!: string;

  @Column('varchar', { length: 20 })
  prefix!: string;

  @Column('varchar', { name: 'last_four', length: 4 })
  lastFour!: string;

  @Column('bytea', { name: 'key_hash' })
  keyHash!: Buffer;

  @Column('text', { array: true })
  permissions!: string[];

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @ManyToOne(() => UserAccountEntity, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'created_by', foreignKeyConstraintName: 'api_key_creator_fkey' })
  creator!: Relation<UserAccountEntity>;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** At most 60 s stale. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}

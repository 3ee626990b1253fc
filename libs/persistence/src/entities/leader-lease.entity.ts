import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The scheduler's leadership: who holds it, in which reign, until when by the database's clock. */
@Entity('leader_lease')
export class LeaderLeaseEntity {
  @PrimaryColumn('varchar', { length: 50, primaryKeyConstraintName: 'leader_lease_pkey' })
  name!: string;

  @Column('uuid', { nullable: true })
  holder!: string | null;

  @Column('bigint')
  term!: string;

  @Column('timestamptz', { name: 'elected_at' })
  electedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Requests of one caller in one class of paths, in the window that ends at `reset_at`. Unlogged. */
@Entity('rate_limit')
@Index('rate_limit_reset_idx', ['resetAt'])
export class RateLimitEntity {
  @PrimaryColumn('varchar', { length: 200, primaryKeyConstraintName: 'rate_limit_pkey' })
  key!: string;

  @Column('int')
  count!: number;

  @Column('timestamptz', { name: 'reset_at' })
  resetAt!: Date;
}

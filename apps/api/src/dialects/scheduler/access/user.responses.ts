import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#domain/permissions.js';

const TIME = { type: 'string', format: 'date-time', example: '2024-01-15T10:00:00.000Z' } as const;

export class UserResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'zoe' })
  username!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'zoe@example.com' })
  email!: string | null;

  @ApiProperty({ enum: ROLES, example: 'Operator' })
  role!: Role;

  @ApiProperty({ type: 'boolean', description: 'Whether the account may be used.', example: true })
  isActive!: boolean;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty({ ...TIME, nullable: true })
  lastLoginAt!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Logins that neither ended nor expired.', example: 1 })
  activeSessions!: number;
}

export class UserListResponse {
  @ApiProperty({ type: [UserResponse], description: 'By username.' })
  users!: UserResponse[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Number of matches over all pages.', example: 3 })
  total!: number;
}

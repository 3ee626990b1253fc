import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS, type Permission } from '#domain/permissions.js';

const TIME = { type: 'string', format: 'date-time', example: '2024-01-15T10:00:00.000Z' } as const;
const UUID = { type: 'string', format: 'uuid', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' } as const;

export class KeyCreatorResponse {
  @ApiProperty(UUID)
  id!: string;

  @ApiProperty({ type: 'string', example: 'admin' })
  username!: string;
}

export class ApiKeyResponse {
  @ApiProperty(UUID)
  id!: string;

  @ApiProperty({ type: 'string', example: 'deployment-service' })
  name!: string;

  @ApiProperty({ type: 'string', description: 'Start and end of the key, to recognise it by.', example: 'sk_live_…x7Qz' })
  prefix!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, example: ['TaskRead'] })
  permissions!: Permission[];

  @ApiProperty({ type: KeyCreatorResponse, description: 'For whom it acts.' })
  createdBy!: KeyCreatorResponse;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty({ ...TIME, nullable: true, description: 'Null: it never expires.' })
  expiresAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'At most a minute behind.' })
  lastUsedAt!: string | null;

  @ApiProperty({ type: 'boolean', example: false })
  isRevoked!: boolean;

  @ApiProperty({ type: 'boolean', example: false })
  isExpired!: boolean;
}

export class CreatedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ type: 'string', description: 'The key itself, shown this once.', example: 'sk_live_' })
  key!: string;
}

export class ApiKeyListResponse {
  @ApiProperty({ type: [ApiKeyResponse], description: 'Newest first, revoked and expired ones included.' })
  keys!: ApiKeyResponse[];

  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  total!: number;
}

import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS, ROLES, type Permission, type Role } from '#domain/permissions.js';

export class UserData {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'admin' })
  username!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'admin@example.com' })
  email!: string | null;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, example: ['Admin'] })
  permissions!: Permission[];
}

export class TokenData {
  @ApiProperty({ description: 'A JWT.' })
  access_token!: string;

  @ApiProperty({ description: 'Opaque; good for one refresh.' })
  refresh_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds.', example: 3600 })
  expires_in!: number;

  @ApiProperty({ type: UserData })
  user!: UserData;
}

export class ValidationData {
  @ApiProperty({ example: true })
  valid!: boolean;

  @ApiProperty({ description: 'The username; of an API key that of its creator.', example: 'admin' })
  user_id!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions!: Permission[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Epoch seconds; null for a key without expiry.', example: 1704067200 })
  expires_at!: number | null;
}

export class CreatedApiKeyData {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Shown this once.', example: 'sk_live_' })
  api_key!: string;

  @ApiProperty({ example: 'deployment-service' })
  name!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions!: Permission[];

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expires_at!: string | null;
}

export class ApiKeyData {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'deployment-service' })
  name!: string;

  @ApiProperty({ description: 'Start and end of the key, to recognise it by.', example: 'sk_live_…x7Qz' })
  hint!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions!: Permission[];

  @ApiProperty({ description: 'Username of its creator, for whom it acts.', example: 'admin' })
  created_by!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expires_at!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'At most a minute behind.' })
  last_used_at!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  revoked_at!: string | null;
}

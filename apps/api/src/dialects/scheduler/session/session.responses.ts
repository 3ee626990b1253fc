import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS, ROLES, type Permission, type Role } from '#domain/permissions.js';

export class MeResponse {
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Id of the account; of an API key that of its creator.', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of an API key its creator’s.', example: 'admin' })
  username!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'admin@example.com' })
  email!: string | null;

  @ApiProperty({ type: 'string', enum: [...ROLES, null], nullable: true, description: 'Null for an API key, which has permissions of its own.', example: 'Admin' })
  role!: Role | null;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, description: 'What the caller may do now. `Admin` stands for all.', example: ['Admin'] })
  permissions!: Permission[];

  @ApiProperty({ enum: ['token', 'api-key'], example: 'token' })
  authenticatedBy!: 'token' | 'api-key';
}

export class LimitsResponse {
  @ApiProperty({ type: 'integer', description: 'Largest `per_page`.', example: 100 })
  pageSize!: number;

  @ApiProperty({ type: 'integer', description: 'Largest request body, bytes.', example: 1_048_576 })
  bodyBytes!: number;

  @ApiProperty({ type: 'integer', description: 'Live streams of changes that one caller may have open.', example: 8 })
  streamsPerUser!: number;

  @ApiProperty({ type: 'integer', description: 'Shortest password, characters.', example: 8 })
  passwordMinLength!: number;

  @ApiProperty({ type: 'integer', description: 'Longest password, characters.', example: 128 })
  passwordMaxLength!: number;

  @ApiProperty({ type: 'integer', description: 'Longest life of an API key that expires, days.', example: 3650 })
  apiKeyLifetimeDays!: number;
}

export class MetaResponse {
  @ApiProperty({ type: 'string', example: '1.0.0' })
  version!: string;

  @ApiProperty({ enum: ['redis', 'postgres'], description: 'Store of the message queue.', example: 'redis' })
  queueBackend!: 'redis' | 'postgres';

  @ApiProperty({ enum: ['local', 'production'], description: 'Local: loopback only, with demo accounts.', example: 'local' })
  mode!: 'local' | 'production';

  @ApiProperty({ type: 'string', nullable: true, description: 'What people call this installation (`ENVIRONMENT_LABEL`).', example: 'staging' })
  environmentLabel!: string | null;

  @ApiProperty({ enum: ['UTC'], description: 'IANA zone of schedules that name none.' })
  defaultTimezone!: 'UTC';

  @ApiProperty({ type: LimitsResponse })
  limits!: LimitsResponse;

  @ApiProperty({ enum: ['/docs'], description: 'Path of the API documentation.' })
  documentation!: '/docs';

  @ApiProperty({ enum: ['/admin/queues'], description: 'Path of Bull Board.' })
  bullBoard!: '/admin/queues';

  @ApiProperty({ type: 'boolean', description: 'Whether `/metrics` answers.', example: true })
  metrics!: boolean;
}

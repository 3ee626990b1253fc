import { ApiProperty } from '@nestjs/swagger';

const ACTORS = ['user', 'api-key', 'system', 'anonymous'] as const;

export class AuditActorResponse {
  @ApiProperty({ enum: ACTORS, description: '`anonymous` proved nothing; `name` is then what was claimed.', example: 'user' })
  type!: (typeof ACTORS)[number];

  @ApiProperty({ type: 'string', nullable: true, description: 'Of the user or the API key.', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'The username; of an API key its creator’s.', example: 'admin' })
  name!: string | null;
}

export class AuditObjectResponse {
  @ApiProperty({ type: 'string', nullable: true, example: 'job' })
  type!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'As it is called now, or was called last.', example: 'Domain User Sync (Hourly)' })
  name!: string | null;
}

export class AuditEntryResponse {
  @ApiProperty({ type: 'integer', example: 1234 })
  id!: number;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2024-01-15T11:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: AuditActorResponse })
  actor!: AuditActorResponse;

  @ApiProperty({ type: 'string', example: 'job.updated' })
  action!: string;

  @ApiProperty({ type: AuditObjectResponse, description: 'What it was done to; all null when it was done to nothing.' })
  object!: AuditObjectResponse;

  @ApiProperty({ type: 'string', nullable: true, example: '192.168.1.7' })
  ipAddress!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Of changes `before` and `after` of what changed. Secrets are not in it: of texts in a job’s arguments only the length is.',
    example: { changed: ['timeoutSeconds'], before: { timeoutSeconds: 300 }, after: { timeoutSeconds: 600 } },
  })
  details!: object | null;
}

export class AuditPageResponse {
  @ApiProperty({ type: [AuditEntryResponse], description: 'Newest first.' })
  entries!: AuditEntryResponse[];

  @ApiProperty({ type: 'string', nullable: true, description: 'For the next page; null on the last one.', example: null })
  nextCursor!: string | null;
}

import { ApiProperty } from '@nestjs/swagger';

const STATUSES = ['ok', 'degraded', 'down'] as const;
const PARTS = ['api', 'database', 'queue', 'scheduler', 'workers'] as const;
const STATUS = { enum: STATUSES, example: 'ok' };

export class HealthCheckResponse {
  @ApiProperty({ enum: PARTS, example: 'database' })
  name!: (typeof PARTS)[number];

  @ApiProperty({ ...STATUS, description: 'Degraded: it answers, but what it is there for does not happen as it should.' })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ type: 'string', description: 'For people.', example: 'Answers within 2 ms' })
  message!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'When the answering process first found it not well; null while it is well.', example: null })
  since!: string | null;
}

export class PlatformHealthResponse {
  @ApiProperty({ ...STATUS, description: 'The worst of the parts.' })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ type: [HealthCheckResponse] })
  checks!: HealthCheckResponse[];
}

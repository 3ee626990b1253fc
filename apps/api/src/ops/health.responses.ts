import { ApiProperty } from '@nestjs/swagger';

const TIME = { type: 'string', format: 'date-time', example: '2024-01-01T12:00:00.000Z' } as const;

export class HealthData {
  @ApiProperty({ type: 'string', enum: ['healthy'] })
  status!: string;

  @ApiProperty(TIME)
  timestamp!: string;
}

export class HealthResponse {
  @ApiProperty({ type: 'boolean', enum: [true] })
  success!: boolean;

  @ApiProperty({ type: HealthData })
  data!: HealthData;
}

export class LivenessResponse {
  @ApiProperty({ type: 'string', enum: ['alive'] })
  status!: string;

  @ApiProperty(TIME)
  timestamp!: string;
}

export class ReadinessResponse {
  @ApiProperty({ type: 'string', enum: ['ready', 'degraded', 'unavailable'], example: 'ready' })
  status!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['status', 'latencyMs'],
      properties: {
        status: { type: 'string', enum: ['ok', 'degraded', 'unavailable'] },
        latencyMs: { type: 'integer', description: 'How long the check took, milliseconds.' },
        error: { type: 'string', description: 'What is wrong.' },
      },
      additionalProperties: true,
    },
    example: { database: { status: 'ok', latencyMs: 2 }, scheduler: { status: 'ok', latencyMs: 3, leaderPresent: true, overdueJobs: 0, unreadableJobs: 0 } },
  })
  checks!: object;

  @ApiProperty(TIME)
  timestamp!: string;
}

import { ApiProperty } from '@nestjs/swagger';

const COUNT = { type: 'integer', minimum: 0, example: 0 } as const;

export class BrokerFiguresResponse {
  @ApiProperty(COUNT)
  waiting!: number;

  @ApiProperty(COUNT)
  active!: number;

  @ApiProperty({ ...COUNT, description: 'Entries that wait for their time, such as further attempts.' })
  delayed!: number;

  @ApiProperty({ ...COUNT, description: 'Waiting entries with a priority.' })
  prioritized!: number;

  @ApiProperty({ ...COUNT, description: 'Kept for a while; the executions are the history.' })
  completed!: number;

  @ApiProperty({ ...COUNT, description: 'Kept for a while; the executions are the history.' })
  failed!: number;

  @ApiProperty({ type: 'boolean', description: 'Somebody stopped it by hand.', example: false })
  paused!: boolean;
}

export class QueueResponse {
  @ApiProperty({ type: 'string', example: 'ad_queue' })
  name!: string;

  @ApiProperty({ type: 'string', isArray: true, description: 'Names of the active task functions whose executions go there.', example: ['sync_domain_users'] })
  taskFunctions!: string[];

  @ApiProperty({ ...COUNT, description: 'Live workers that consume it.', example: 1 })
  workers!: number;

  @ApiProperty({ ...COUNT, description: 'Executions that could start now, by the ledger.' })
  waiting!: number;

  @ApiProperty({ ...COUNT, description: 'Executions that a worker holds, by the ledger.' })
  running!: number;

  @ApiProperty({ type: 'number', nullable: true, description: 'How long the longest waiting one could have started, seconds.', example: null })
  oldestWaitingSeconds!: number | null;

  @ApiProperty({ type: BrokerFiguresResponse, nullable: true, description: 'What the message queue holds; null when it did not answer within 2 s.' })
  broker!: BrokerFiguresResponse | null;
}

export class QueueListResponse {
  @ApiProperty({ enum: ['redis', 'postgres'], description: 'Store of the message queue.', example: 'redis' })
  backend!: 'redis' | 'postgres';

  @ApiProperty({ type: [QueueResponse], description: 'By name.' })
  queues!: QueueResponse[];
}

import { ApiProperty } from '@nestjs/swagger';
import { WORKER_STATUSES, type WorkerStatus } from '#application/workers/worker-registry.js';
import { ExecutionResponse } from '../executions/execution.responses.js';

const TIME = { type: 'string', format: 'date-time', example: '2024-01-15T12:00:00.000Z' } as const;
const COUNT = { type: 'integer', minimum: 0, example: 0 } as const;

export class WorkerResponse {
  @ApiProperty({ type: 'string', format: 'uuid', description: 'New at each start of the process; the `workerId` of its executions.', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'worker-001' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'worker-node-1' })
  hostname!: string;

  @ApiProperty({ type: 'string', example: '192.168.1.100' })
  ipAddress!: string;

  @ApiProperty({ type: 'integer', example: 12345 })
  pid!: number;

  @ApiProperty({ type: 'string', example: '1.0.0' })
  version!: string;

  @ApiProperty({ enum: WORKER_STATUSES, description: '`draining` finishes what it has and takes nothing new; `clock_skew` takes nothing because its clock is off; `stopped` said goodbye; `down` is silent for 30 seconds.', example: 'alive' })
  status!: WorkerStatus;

  @ApiProperty({ type: 'boolean', description: 'Its heartbeat is not older than 30 seconds and it did not stop.', example: true })
  isAlive!: boolean;

  @ApiProperty({ type: 'string', isArray: true, example: ['default', 'ad_queue'] })
  queues!: string[];

  @ApiProperty({ type: 'string', isArray: true, example: ['shell', 'http'] })
  taskTypes!: string[];

  @ApiProperty({ type: 'integer', description: 'Executions that it runs at a time.', example: 100 })
  concurrency!: number;

  @ApiProperty({ ...COUNT, description: 'As of its last heartbeat; 0 when it is not alive.' })
  slotsInUse!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Isolation of its task processes; null when unknown.', example: null })
  isolation!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Seconds by which its clock is ahead of the database’s.', example: 0.002 })
  clockSkewSeconds!: number | null;

  @ApiProperty(TIME)
  registeredAt!: string;

  @ApiProperty(TIME)
  lastHeartbeat!: string;

  @ApiProperty({ type: 'number', description: 'From its start until now; of one that is not alive until its last heartbeat.', example: 86_400 })
  uptimeSeconds!: number;
}

export class WorkerListResponse {
  @ApiProperty({ type: [WorkerResponse], description: 'Newest start first; a worker is listed for a day after its last heartbeat.' })
  workers!: WorkerResponse[];

  @ApiProperty({ ...COUNT, description: 'Number of matches over all pages.' })
  total!: number;
}

export class WorkerStatisticsResponse {
  @ApiProperty({ ...COUNT, description: 'Executions that succeeded on this worker.' })
  succeeded!: number;

  @ApiProperty({ ...COUNT, description: 'Failed or timed out.' })
  failed!: number;

  @ApiProperty({ ...COUNT, description: 'Cancelled, which is no failure.' })
  cancelled!: number;

  @ApiProperty({ type: 'number', nullable: true, description: 'Run time of last attempts; null without any.', example: 4.2 })
  averageDurationSeconds!: number | null;

  @ApiProperty({ ...COUNT, description: 'Ends within the last day, to the minute.' })
  last24Hours!: number;

  @ApiProperty({ ...COUNT, description: 'Ends within the last week, to the hour.' })
  last7Days!: number;

  @ApiProperty({ ...TIME, nullable: true })
  lastFinishedAt!: string | null;
}

export class WorkerDetailResponse extends WorkerResponse {
  @ApiProperty({ type: WorkerStatisticsResponse })
  statistics!: WorkerStatisticsResponse;

  @ApiProperty({ type: [ExecutionResponse], description: 'Those that it holds now, longest running first, at most 200.' })
  runningExecutions!: ExecutionResponse[];
}

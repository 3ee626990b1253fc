import { ApiProperty } from '@nestjs/swagger';
import { EXECUTION_STATUSES, TRIGGER_SOURCES, type ExecutionStatus, type TriggerSource } from '#domain/execution/status.js';

const TIME = { type: 'string', format: 'date-time' } as const;

/** An object that has a number for each of the names. */
function numbersBy(names: readonly string[]): { type: 'object'; properties: Record<string, { type: 'integer' }>; required: string[]; additionalProperties: false } {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' as const }])),
    required: [...names],
    additionalProperties: false,
  };
}

export class FacetBucketResponse {
  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  at!: string;

  @ApiProperty({ ...numbersBy(EXECUTION_STATUSES), selfRequired: true })
  counts!: Record<ExecutionStatus, number>;
}

export class NamedCountResponse {
  @ApiProperty({ type: 'string', example: 'sync_domain_users' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 24 })
  count!: number;
}

export class TaskFunctionCountResponse extends NamedCountResponse {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null for one that is gone.', example: 1 })
  id!: number | null;

  @ApiProperty({ type: 'string', example: 'Domain User Sync' })
  displayName!: string;
}

export class JobCountResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 24 })
  count!: number;
}

export class WorkerCountResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null for one that is gone.', example: 'worker-1' })
  name!: string | null;

  @ApiProperty({ type: 'integer', example: 24 })
  count!: number;
}

export class ExecutionFacetsResponse {
  @ApiProperty({ ...TIME, example: '2024-01-14T12:00:00.000Z' })
  from!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T12:00:00.000Z' })
  to!: string;

  @ApiProperty({ type: 'integer', example: 1440 })
  bucketSeconds!: number;

  @ApiProperty({ type: [FacetBucketResponse], description: 'Every bucket of the range, oldest first.' })
  buckets!: FacetBucketResponse[];

  @ApiProperty({ ...numbersBy(EXECUTION_STATUSES), selfRequired: true })
  statuses!: Record<ExecutionStatus, number>;

  @ApiProperty({ ...numbersBy(TRIGGER_SOURCES), selfRequired: true })
  triggers!: Record<TriggerSource, number>;

  @ApiProperty({ type: [TaskFunctionCountResponse], description: 'The most frequent first, like the others.' })
  taskFunctions!: TaskFunctionCountResponse[];

  @ApiProperty({ type: [NamedCountResponse] })
  queues!: NamedCountResponse[];

  @ApiProperty({ type: [JobCountResponse], description: 'The 20 most frequent.' })
  jobs!: JobCountResponse[];

  @ApiProperty({ type: [WorkerCountResponse], description: 'The 20 most frequent, of executions that a worker took.' })
  workers!: WorkerCountResponse[];

  @ApiProperty({ type: 'boolean', description: 'Only the newest 50,000 executions of the range were looked at.', example: false })
  isCapped!: boolean;
}

import { ApiProperty } from '@nestjs/swagger';

export class TaskFunctionResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ type: 'string', example: 'sync_domain_users' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync' })
  displayName!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Synchronize users from Active Directory' })
  description!: string | null;

  @ApiProperty({ type: 'string', example: 'tasks.ad_sync_tasks.sync_domain_users_task' })
  handlerPath!: string;

  @ApiProperty({ type: 'string', example: 'celery_task' })
  handlerType!: string;

  @ApiProperty({ type: 'string', description: 'Queue that its executions go to.', example: 'ad_queue' })
  queue!: string;

  @ApiProperty({ type: 'number', description: 'Seconds.', example: 600 })
  defaultTimeoutSeconds!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'JSON schema of `taskArgs`; null accepts any object.', example: null })
  argumentSchema!: object | null;

  @ApiProperty({ type: 'boolean', example: true })
  isActive!: boolean;

  @ApiProperty({ type: 'boolean', description: 'Jobs of a system function cannot be deleted.', example: true })
  isSystem!: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2024-01-15T10:00:00.000Z' })
  createdAt!: string;
}

export class TaskFunctionListResponse {
  @ApiProperty({ type: [TaskFunctionResponse] })
  taskFunctions!: TaskFunctionResponse[];

  @ApiProperty({ type: 'integer', description: 'Number of matches over all pages.', example: 6 })
  total!: number;
}

export class JobTypeResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ type: 'string', example: 'interval' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'Interval' })
  displayName!: string;

  @ApiProperty({ type: 'string', example: 'Run at fixed time intervals' })
  description!: string;
}

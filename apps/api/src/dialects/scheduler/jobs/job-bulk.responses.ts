import { ApiProperty } from '@nestjs/swagger';

export class BulkJobFailureResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', description: 'Empty for an id that is no job’s.', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'Job is disabled and cannot be triggered' })
  detail!: string;
}

export class BulkJobsResponse {
  @ApiProperty({ type: 'integer', description: 'Jobs that the ids or the filter name.', example: 12 })
  matched!: number;

  @ApiProperty({ type: 'integer', description: 'Those of them that are as wanted now and were not before.', example: 11 })
  changed!: number;

  @ApiProperty({ type: [BulkJobFailureResponse] })
  failed!: BulkJobFailureResponse[];
}

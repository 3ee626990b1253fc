import { ApiProperty } from '@nestjs/swagger';
import { RunMarkResponse } from './job.responses.js';

export class JobRunResponse extends RunMarkResponse {
  @ApiProperty({ type: 'integer', description: 'Number of the last attempt; 0 before the first one.', example: 1 })
  attempt!: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2024-01-15T11:00:05.000Z' })
  finishedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  workerId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  error!: string | null;
}

export class JobRunsResponse {
  @ApiProperty({ type: [JobRunResponse], description: 'Oldest first.' })
  runs!: JobRunResponse[];

  @ApiProperty({ type: 'boolean', example: true })
  hasOlder!: boolean;

  @ApiProperty({ type: 'boolean', example: false })
  hasNewer!: boolean;
}

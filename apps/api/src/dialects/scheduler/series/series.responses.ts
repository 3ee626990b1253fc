import { ApiProperty } from '@nestjs/swagger';
import { EndsOfHourResponse } from '../overview/overview.responses.js';

export class SeriesBucketResponse extends EndsOfHourResponse {
  @ApiProperty({ type: 'number', nullable: true, description: 'From the first start to the end, seconds, of runs that ended in the bucket; null without any.', example: 5.2 })
  averageDurationSeconds!: number | null;

  @ApiProperty({ type: 'number', nullable: true, example: 9.1 })
  maxDurationSeconds!: number | null;
}

export class SeriesResponse {
  @ApiProperty({ type: [SeriesBucketResponse], description: 'Every bucket of the range, oldest first.' })
  buckets!: SeriesBucketResponse[];
}

import { InstantField, QueryInteger, UuidField } from '../input/fields.js';

export class SeriesQuery {
  @UuidField({ description: 'Of this job; otherwise of all.', example: '550e8400-e29b-41d4-a716-446655440000' })
  job_id?: string;

  @InstantField({ description: 'Beginning; it is moved back to a whole bucket, at most to a whole hour. Default 24 hours before `to`.', example: '2024-01-14T12:00:00Z' })
  from?: string;

  @InstantField({ description: 'End. Default now.', example: '2024-01-15T12:00:00Z' })
  to?: string;

  @QueryInteger({
    description: 'Length of a bucket, seconds: less than an hour for a span of 6 hours at most (of one job, 7 days), else whole hours. At most 1000 buckets; 31 days, of one job 366.',
    minimum: 1,
    maximum: 31_536_000,
    default: 3600,
    example: 3600,
  })
  bucket?: number;
}

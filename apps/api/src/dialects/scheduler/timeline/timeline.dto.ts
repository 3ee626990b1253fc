import { InstantField, QueryInteger } from '../input/fields.js';

export class TimelineQuery {
  @InstantField({ description: 'Beginning. Default an hour ago, or two hours before `to`.', example: '2024-01-15T11:00:00Z' })
  from?: string;

  @InstantField({ description: 'End; at most 7 days after the beginning. Default two hours after it.', example: '2024-01-15T13:00:00Z' })
  to?: string;

  @QueryInteger({ description: 'Rows.', minimum: 1, maximum: 50, default: 15, example: 15 })
  limit?: number;
}

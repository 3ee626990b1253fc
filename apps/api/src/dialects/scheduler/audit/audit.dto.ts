import { MAX_PER_PAGE } from '../input/page.dto.js';
import { InstantField, QueryInteger, TextField } from '../input/fields.js';
import { CursorField } from './cursor.js';

export class AuditQuery {
  @TextField({ description: 'Who: id of a user or an API key, or a username.', minLength: 1, maxLength: 255, example: 'admin' })
  actor?: string;

  @TextField({ description: 'What was done, the whole word.', minLength: 1, maxLength: 100, example: 'job.updated' })
  action?: string;

  @TextField({ description: 'Kind of thing: job, execution, user, session or api-key.', minLength: 1, maxLength: 50, example: 'job' })
  object_type?: string;

  @TextField({ description: 'Id of the thing.', minLength: 1, maxLength: 100, example: '550e8400-e29b-41d4-a716-446655440000' })
  object_id?: string;

  @InstantField({ description: 'From this instant on, ISO 8601; UTC when it names no offset.', example: '2030-01-01T00:00:00Z' })
  from?: string;

  @InstantField({ description: 'Before this instant, ISO 8601; UTC when it names no offset.', example: '2030-02-01T00:00:00Z' })
  to?: string;

  @CursorField()
  cursor?: string;

  @QueryInteger({ description: 'Entries per page, at most 100.', minimum: 1, maximum: MAX_PER_PAGE, default: 50, example: 50 })
  per_page?: number;
}

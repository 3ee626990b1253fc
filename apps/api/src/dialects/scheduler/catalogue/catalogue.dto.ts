import { MAX_INTEGER, QueryFlag, QueryInteger, TextField } from '../input/fields.js';
import { PageOf50Query } from '../input/page.dto.js';

export class TaskFunctionListQuery extends PageOf50Query {
  @QueryFlag({ description: 'Filter by active status.', example: 'true' })
  is_active?: boolean;

  @TextField({ description: 'Part of the name, the display name, the description or the queue, in any case, taken literally.', minLength: 0, maxLength: 255, example: 'sync' })
  q?: string;

  @QueryInteger({ description: 'Only the task function with this id.', minimum: 1, maximum: MAX_INTEGER, example: 1 })
  id?: number;
}

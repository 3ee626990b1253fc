import { QueryFlag } from '../input/fields.js';
import { PageOf50Query } from '../input/page.dto.js';

export class TaskFunctionListQuery extends PageOf50Query {
  @QueryFlag({ description: 'Filter by active status.', example: 'true' })
  is_active?: boolean;
}

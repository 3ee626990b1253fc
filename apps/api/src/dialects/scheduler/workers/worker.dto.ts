import { ChoiceField } from '../input/fields.js';
import { PageOf20Query } from '../input/page.dto.js';

export class WorkerListQuery extends PageOf20Query {
  @ChoiceField({ description: 'Those that are alive, or those that are not: ended, or silent for 30 seconds.', values: ['alive', 'down'], example: 'alive' })
  status?: 'alive' | 'down';
}

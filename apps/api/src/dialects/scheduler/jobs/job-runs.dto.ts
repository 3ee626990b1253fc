import { ChoiceField, UuidField } from '../input/fields.js';

export const RUN_LIMITS = ['10', '25', '50', '100'] as const;

const EXECUTION = { example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' };

export class JobRunsQuery {
  @ChoiceField({ description: 'How many. Default 50.', values: RUN_LIMITS, example: '50' })
  limit?: (typeof RUN_LIMITS)[number];

  @UuidField({ ...EXECUTION, description: 'Those right before this execution of the job.' })
  before?: string;

  @UuidField({ ...EXECUTION, description: 'Those right after this execution of the job.' })
  after?: string;

  @UuidField({ ...EXECUTION, description: 'This execution of the job with those on both sides of it.' })
  around?: string;
}

import { BULK_EXECUTION_ACTIONS, type BulkExecutionAction } from '#application/executions/change-executions.js';
import type { JsonObject } from '#domain/json.js';
import { ChoiceField, ObjectField, UuidListField } from '../input/fields.js';
import { TASK_ARGS_SCHEMA } from '../schedule/schedule-config.schema.js';

export class RerunRequest {
  @ObjectField({ description: 'Arguments instead of those of the execution.', schema: TASK_ARGS_SCHEMA, nullable: true, example: { retention_days: 7 } })
  taskArgs?: JsonObject | null;
}

export class BulkExecutionsRequest {
  @ChoiceField({ description: 'What is done to each of the executions.', values: BULK_EXECUTION_ACTIONS, required: true, example: 'cancel' })
  action!: BulkExecutionAction;

  @UuidListField({ description: 'The executions.', required: true, minItems: 1, maxItems: 500, example: ['01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10'] })
  ids!: string[];
}

import type { JobType, TaskFunction } from '#application/task-functions/task-function.js';
import { instant, seconds } from '../wire.js';
import type { JobTypeResponse, TaskFunctionResponse } from './catalogue.responses.js';

export function presentTaskFunction(taskFunction: TaskFunction): TaskFunctionResponse {
  return {
    id: taskFunction.id,
    name: taskFunction.name,
    displayName: taskFunction.displayName,
    description: taskFunction.description,
    handlerPath: taskFunction.handlerPath,
    handlerType: taskFunction.handlerType,
    queue: taskFunction.queue,
    defaultTimeoutSeconds: seconds(taskFunction.defaultTimeoutMs),
    argumentSchema: taskFunction.argumentSchema,
    isActive: taskFunction.isActive,
    isSystem: taskFunction.isSystem,
    createdAt: instant(taskFunction.createdAt),
  };
}

export function presentJobType({ id, name, displayName, description }: JobType): JobTypeResponse {
  return { id, name, displayName, description };
}

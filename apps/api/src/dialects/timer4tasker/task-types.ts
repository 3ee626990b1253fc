import { CATALOGUE } from '#application/task-functions/catalogue.js';

/** The task types of document 000: the task functions of the same names. */
export const TASK_TYPES = ['file_cleanup', 'data_summary', 'data_backup'] as const;

export type TaskType = (typeof TASK_TYPES)[number];

const ID_OF_TYPE = Object.fromEntries(TASK_TYPES.map((type) => [type, functionId(type)])) as Readonly<Record<TaskType, number>>;

/** Ids of the task functions whose jobs are tasks here. */
export const TASK_FUNCTION_IDS: readonly number[] = Object.values(ID_OF_TYPE);

export function taskFunctionIdOf(type: TaskType): number {
  return ID_OF_TYPE[type];
}

/** The type of a job with this task function; null when the job is no task in the sense of document 000. */
export function taskTypeOf(taskFunctionId: number): TaskType | null {
  return TASK_TYPES.find((type) => ID_OF_TYPE[type] === taskFunctionId) ?? null;
}

function functionId(name: TaskType): number {
  const entry = CATALOGUE.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new TypeError(`"${name}" is not in the catalogue`);
  return entry.id;
}

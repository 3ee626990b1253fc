/** The API by which TypeScript functions become task functions. One file, one function, as the file's default export. */
import type { JsonObject, JsonValue } from '#domain/json.js';

/** Writes lines into the execution's log. */
export interface TaskLog {
  /** One line to `stdout`. */
  readonly info: (message: string) => void;
  /** One line to `stderr`. */
  readonly warn: (message: string) => void;
}

/** What a handler is given for one attempt. */
export interface TaskFunctionContext<Args, Services> {
  /** Arguments, valid by the function's schema, with its defaults filled in. A copy of its own. */
  readonly args: Args;
  /** Aborted when the attempt must stop. A handler that goes on is left behind after a grace and its result dropped. */
  readonly signal: AbortSignal;
  readonly log: TaskLog;
  /** Reports progress, 0..1, with an optional text. */
  readonly progress: (fraction: number, message?: string) => void;
  /** `<jobId>/<scheduledFor>`: the same for all attempts. */
  readonly fireKey: string;
  /** From 1. */
  readonly attempt: number;
  /** What the worker injects: repositories, settings. */
  readonly services: Services;
}

/** What a file of a task function says. */
export interface TaskFunctionDefinition<Args, Services> {
  /** Stable id that jobs refer to: letters, digits, `_`, `-`, `.`; at most 100. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Queue that its executions go to. */
  readonly queue: string;
  /** Limit of one attempt for jobs that set none. Milliseconds. */
  readonly defaultTimeoutMs: number;
  /** JSON schema (draft 7) of the arguments, an object schema. `default`s in it are filled in. */
  readonly argumentSchema: JsonObject;
  /** Does the work. Returning is success; throwing is failure; throwing PermanentFailure is failure without retry. */
  readonly handler: (context: TaskFunctionContext<Args, Services>) => Promise<JsonValue> | JsonValue;
}

/** A task function as registries hold it: the type of its arguments is behind its schema. */
export type TaskFunction<Services = unknown> = TaskFunctionDefinition<JsonObject, Services>;

/** Throw it from a handler when another attempt would fail as well. */
export class PermanentFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentFailure';
  }
}

/** Marks what {@link defineTaskFunction} made, also across copies of this module. */
const MARK = Symbol.for('takt.task-function');

/**
 * Declares a task function.
 * @example
 * export default defineTaskFunction<{ days: number }, Services>({
 *   name: 'token_cleanup', displayName: 'Token cleanup', description: 'Deletes expired tokens.',
 *   queue: 'maintenance', defaultTimeoutMs: 60_000,
 *   argumentSchema: { type: 'object', properties: { days: { type: 'integer', minimum: 1, default: 30 } }, additionalProperties: false },
 *   handler: async ({ args, services }) => ({ deleted: await services.tokens.deleteOlderThan(args.days) }),
 * });
 * @throws when the name or the timeout cannot be right
 */
export function defineTaskFunction<Args extends object = JsonObject, Services = unknown>(
  definition: TaskFunctionDefinition<Args, Services>,
): TaskFunction<Services> {
  const { name, defaultTimeoutMs } = definition;
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(name)) throw new TypeError(`"${name}" cannot be the name of a task function`);
  if (!Number.isSafeInteger(defaultTimeoutMs) || defaultTimeoutMs < 1) {
    throw new TypeError(`task function "${name}": defaultTimeoutMs must be a whole number of milliseconds, at least 1`);
  }
  // Arguments have passed the schema before a handler sees them; that they then are `Args` is the author's promise.
  const handler: TaskFunction<Services>['handler'] = (context) =>
    definition.handler(context as TaskFunctionContext<unknown, Services> as TaskFunctionContext<Args, Services>);
  return Object.freeze(Object.assign({ ...definition, handler }, { [MARK]: true }));
}

/** Whether a value was made by {@link defineTaskFunction}. */
export function isTaskFunction(value: unknown): value is TaskFunction {
  return typeof value === 'object' && value !== null && MARK in value;
}

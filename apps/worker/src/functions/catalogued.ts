import { CATALOGUE } from '#application/task-functions/catalogue.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import type { TaskFunctionDefinition } from '#executors/functions/task-function.js';

/**
 * What the product's catalogue says of one of its functions, so that it is said once: everything but the handler.
 *
 * @param defaults values of arguments that a job leaves out
 * @throws TypeError for a name that is not in the catalogue
 */
export function catalogued(
  name: string,
  defaults: Readonly<Record<string, JsonValue>> = {},
): Omit<TaskFunctionDefinition<object, unknown>, 'handler'> {
  const entry = CATALOGUE.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new TypeError(`"${name}" is not in the catalogue`);
  return {
    name,
    displayName: entry.displayName,
    description: entry.description ?? entry.displayName,
    queue: entry.queue,
    defaultTimeoutMs: entry.defaultTimeoutMs,
    argumentSchema: withDefaults(entry.argumentSchema ?? { type: 'object' }, defaults),
  };
}

function withDefaults(schema: JsonObject, defaults: Readonly<Record<string, JsonValue>>): JsonObject {
  const declared = (schema['properties'] ?? {}) as Record<string, JsonObject>;
  const properties: JsonObject = { ...declared };
  for (const [argument, value] of Object.entries(defaults)) properties[argument] = { ...declared[argument], default: value };
  return { ...schema, properties };
}

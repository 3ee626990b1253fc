import type { z } from 'zod';
import type { JsonObject } from '#domain/json.js';
import { httpParameters } from '../http/http-parameters.js';
import { pythonParameters } from '../python/python-parameters.js';
import { shellParameters } from '../shell/shell-parameters.js';
import { parseParameters, type ParameterProblem } from './parse-parameters.js';

const PARAMETERS = new Map<string, z.ZodObject>([
  ['shell', shellParameters],
  ['python', pythonParameters],
  ['http', httpParameters],
]);

/**
 * What the executor of a task function would say of these arguments before it starts anything, so that the API can refuse
 * them when a job is made. What depends on the worker (files, installed programs, addresses) is judged there.
 * @returns nothing for a function that has no executor of its own: its JSON schema says all
 */
export function checkArguments(taskFunction: string, args: JsonObject): readonly ParameterProblem[] {
  const schema = PARAMETERS.get(taskFunction);
  if (schema === undefined) return [];
  const parsed = parseParameters(schema, args);
  return parsed.ok ? [] : parsed.problems;
}

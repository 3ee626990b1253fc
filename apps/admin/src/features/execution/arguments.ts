import type { JsonObject } from '@/api/types';

/** What was typed as arguments: an object, or what is wrong with it. */
export function parseArguments(text: string): { value: JsonObject; problem: null } | { value: null; problem: string } {
  if (text.trim() === '') return { value: {}, problem: null };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as JsonObject, problem: null };
    return { value: null, problem: 'Arguments are an object: { "name": value }' };
  } catch (error) {
    return { value: null, problem: error instanceof Error ? error.message : 'This is no JSON' };
  }
}

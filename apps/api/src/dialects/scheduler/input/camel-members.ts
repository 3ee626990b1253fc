/** Members whose own members are the caller's business and keep their names. */
const OPAQUE = new Set(['scheduleConfig', 'taskArgs']);

const SNAKE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;
const CAMEL = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)+$/;

/**
 * Spells the members of an object in camelCase: `task_args` becomes `taskArgs`. One that is given in both spellings keeps
 * the camelCase value. Anything but an object is returned as it is.
 */
export function camelMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value as Record<string, unknown>);
  const renamed = members.filter(([name]) => SNAKE.test(name)).map(([name, member]) => entry(camelCase(name), member));
  const kept = members.filter(([name]) => !SNAKE.test(name)).map(([name, member]) => entry(name, member));
  return Object.fromEntries([...renamed, ...kept]);
}

/**
 * Spells the members of a query in snake_case, as the document does: `perPage` becomes `per_page`. One that is given in both
 * spellings keeps the snake_case value.
 */
export function snakeMembers(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  const members = Object.entries(query as Record<string, unknown>);
  const renamed = members.filter(([name]) => CAMEL.test(name)).map(([name, member]) => [snakeCase(name), member] as const);
  const kept = members.filter(([name]) => !CAMEL.test(name));
  return Object.fromEntries([...renamed, ...kept]);
}

function entry(name: string, member: unknown): [string, unknown] {
  return [name, OPAQUE.has(name) ? member : camelMembers(member)];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

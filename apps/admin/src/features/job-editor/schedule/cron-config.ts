/** Cron by fields, as document 001 writes it, as one expression. */
import type { JsonObject } from '@/api/types';

/** From finest to coarsest, with what a field is that is finer than all that are given. */
const FIELDS = [
  ['second', '0'],
  ['minute', '0'],
  ['hour', '0'],
  ['day', '1'],
  ['month', '1'],
] as const;

/**
 * The expression of a cron configuration. Of single fields: one left out is `*` when it is coarser than the finest one given, its
 * minimum when it is finer, and of `day` and `day_of_week` the one left out is `*` when the other is given. Five fields unless
 * seconds or a year are said.
 */
export function expressionOfConfig(config: JsonObject): string {
  if (typeof config['expression'] === 'string') return config['expression'].trim();
  const weekday = text(config['day_of_week'] ?? config['dayOfWeek']);
  const year = text(config['year']);
  const finest = FIELDS.findIndex(([name]) => text(config[name]) !== null || (name === 'day' && weekday !== null));
  const [second, minute, hour, day, month] = FIELDS.map(([name, minimum], at) => {
    if (name === 'day' && weekday !== null) return text(config[name]) ?? '*';
    return text(config[name]) ?? (finest === -1 || at < finest ? minimum : '*');
  });
  const five = [minute, hour, day, month, weekday ?? '*'].join(' ');
  if (year !== null && year !== '*') return `${second ?? '0'} ${five} ${year}`;
  return second === '0' ? five : `${second ?? '0'} ${five}`;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

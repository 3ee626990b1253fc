import type { RateRule } from '#application/rate-limiting/rate-limiter.js';

/** Paths that share a limit. */
export interface RateClass extends RateRule {
  /** Part of the counters' keys. */
  readonly name: 'auth' | 'tasks' | 'system';
  /** Whose requests are counted together: those of an address, or those of a user or API key. */
  readonly per: 'address' | 'principal';
  /** Without a slash at the end; each covers itself and everything below it, known routes or not. */
  readonly prefixes: readonly string[];
}

const MINUTE_MS = 60_000;

/** Document 002, "Rate Limiting", with the rulings. */
export const RATE_CLASSES: readonly RateClass[] = [
  { name: 'auth', per: 'address', limit: 10, windowMs: MINUTE_MS, prefixes: ['/api/auth'] },
  { name: 'tasks', per: 'principal', limit: 100, windowMs: MINUTE_MS, prefixes: ['/api/tasks', '/api/task-runs'] },
  { name: 'system', per: 'principal', limit: 60, windowMs: MINUTE_MS, prefixes: ['/api/system'] },
];

/** The class of a path, or null. Case does not matter, as in Express's routes. */
export function rateClassOf(path: string, classes: readonly RateClass[]): RateClass | null {
  const wanted = path.toLowerCase();
  const covers = (prefix: string): boolean => wanted === prefix || wanted.startsWith(`${prefix}/`);
  return classes.find(({ prefixes }) => prefixes.some(covers)) ?? null;
}

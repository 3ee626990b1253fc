/**
 * Limits that hold for every JSON body before a dialect looks at it. `JSON.parse` takes any depth, `JSON.stringify` does
 * not; PostgreSQL refuses NUL and lone surrogates in text and jsonb; `1e999` parses to Infinity and would be stored as
 * null. Each would end as a 500 or as silently changed data somewhere below, so they are refused here, once.
 *
 * The walk keeps its own stack: a recursive one would overflow on exactly the input it is there to refuse.
 */
import type { Violation } from '#domain/errors.js';

const MAX_DEPTH = 32;
const MAX_MEMBERS = 1_000;
const MAX_ITEMS = 10_000;
/** A caller who gets this many answers has enough to correct. */
const MAX_VIOLATIONS = 20;

interface Visit {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Visit | null;
  readonly depth: number;
}

/** Finds what no dialect accepts in a parsed JSON value. Empty when it is fine. */
export function boundViolations(root: unknown): Violation[] {
  const violations: Violation[] = [];
  const pending: Visit[] = [{ value: root, key: '', parent: null, depth: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const found = problemOf(visit);
    if (found !== null) violations.push(found);
    else pushMembers(visit, pending);
    if (violations.length === MAX_VIOLATIONS) break;
  }
  return violations;
}

/** What is wrong with the text, in words; null when it can be stored. */
export function textProblem(text: string): string | null {
  if (text.includes('\u0000')) return 'NUL characters are not allowed';
  // With the `u` flag, surrogates that form a pair are one character and do not match.
  return /\p{Surrogate}/u.test(text) ? 'unpaired surrogates are not allowed' : null;
}

function problemOf(visit: Visit): Violation | null {
  const { value, key, depth } = visit;
  if (typeof key === 'string' && depth > 0) {
    const problem = key === '__proto__' ? 'member name is not allowed' : textProblem(key);
    // The name itself cannot be shown back, so the violation stands at the object that has it.
    if (problem !== null) return violation(visit.parent, `member name: ${problem}`, 'value_error');
  }
  if (typeof value === 'string') {
    const problem = textProblem(value);
    return problem === null ? null : violation(visit, problem, 'value_error.str.characters');
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : violation(visit, 'number is out of range', 'value_error.number.not_finite');
  }
  return typeof value === 'object' && value !== null ? sizeProblem(value, visit) : null;
}

function sizeProblem(value: object, visit: Visit): Violation | null {
  if (visit.depth >= MAX_DEPTH) {
    return violation(null, `ensure the value is nested at most ${String(MAX_DEPTH)} levels deep`, 'value_error.depth');
  }
  if (Array.isArray(value)) {
    if (value.length <= MAX_ITEMS) return null;
    return violation(visit, `ensure this value has at most ${String(MAX_ITEMS)} items`, 'value_error.list.max_items');
  }
  if (Object.keys(value).length <= MAX_MEMBERS) return null;
  return violation(visit, `ensure this value has at most ${String(MAX_MEMBERS)} members`, 'value_error.dict.max_items');
}

function pushMembers(visit: Visit, pending: Visit[]): void {
  const { value, depth } = visit;
  if (typeof value !== 'object' || value === null) return;
  const push = (key: string | number, member: unknown): void => {
    pending.push({ value: member, key, parent: visit, depth: depth + 1 });
  };
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index -= 1) push(index, value[index]);
    return;
  }
  for (const [key, member] of Object.entries(value).reverse()) push(key, member);
}

function violation(at: Visit | null, message: string, kind: string): Violation {
  const path: (string | number)[] = [];
  for (let visit = at; visit !== null && visit.depth > 0; visit = visit.parent) path.unshift(visit.key);
  return { path, message, kind };
}

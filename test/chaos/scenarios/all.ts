import type { Backend } from '../harness/lab.js';
import { F13 } from './clocks.js';
import { F1, F2, F4, F6 } from './kills.js';
import { F10_POSTGRES, F10_REDIS, F22, F3, F5 } from './links.js';
import { F14, F17, F23 } from './load.js';
import { F11, F7, F7_AOF, F8 } from './outages.js';
import { F2_OVERDUE } from './overdue.js';
import type { Scenario } from './scenario.js';

/** Every scenario, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [F1, F2, F2_OVERDUE, F3, F4, F5, F6, F7, F7_AOF, F8, F10_REDIS, F10_POSTGRES, F11, F13, F14, F17, F22, F23];

/**
 * Part of `npm test`: the fastest that between them lose the leader, the queue's memory and the order of changes, on both
 * backends. Killed workers are in the end-to-end tests.
 */
export const GATE: readonly { readonly scenario: Scenario; readonly backend: Backend }[] = [
  { scenario: F8, backend: 'redis' },
  { scenario: F3, backend: 'redis' },
  { scenario: F14, backend: 'postgres' },
];

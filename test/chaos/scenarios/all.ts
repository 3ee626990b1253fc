import { F1, F2, F4, F6 } from './kills.js';
import { F11, F7, F7_AOF, F8 } from './outages.js';
import type { Scenario } from './scenario.js';

/** Every scenario, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [F4, F8, F2, F11, F7, F7_AOF, F1, F6];

/** The fastest, for a check of four minutes. */
export const GATE: readonly string[] = ['F8', 'F4', 'F11'];

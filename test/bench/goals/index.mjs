import { admin } from './admin.mjs';
import { burst } from './burst.mjs';
import { idle } from './idle.mjs';
import { lists } from './lists.mjs';
import { memory } from './memory.mjs';
import { shell } from './shell.mjs';
import { steady } from './steady.mjs';
import { postgresThroughput, throughput } from './throughput.mjs';

/** In the order in which they run; each is independent of the others. */
export const GOALS = { memory, shell, throughput, burst, steady, idle, lists, admin, 'throughput-postgres': postgresThroughput };

import type { Principal } from './principal.js';

/** On whose behalf a use case runs, for records and the audit log. */
export interface Caller {
  readonly principal: Principal;
  /** Address of the request, if there was one. */
  readonly ip: string | null;
}

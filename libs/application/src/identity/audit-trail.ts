import type { AuditActor, AuditRecord } from './audit-log.js';

/** What to look for; every member that is given must match. */
export interface AuditSearch {
  /** Id of a user or API key, or a name. */
  readonly actor?: string;
  /** The whole action, e.g. `job.updated`. */
  readonly action?: string;
  readonly objectType?: string;
  readonly objectId?: string;
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** Only entries older than this one. */
  readonly beforeId?: number;
  /** 1..101 */
  readonly limit: number;
}

/** An entry with the name of what it was done to. */
export interface NamedAuditRecord extends Omit<AuditRecord, 'target'> {
  readonly actor: AuditActor;
  /** `name` as it is now, else as the entry has it; null when neither is known. */
  readonly target: { readonly type: string; readonly id: string; readonly name: string | null } | null;
}

/** The audit log for people to look through. */
export abstract class AuditTrail {
  /** Newest first. */
  abstract search(search: AuditSearch): Promise<NamedAuditRecord[]>;
}

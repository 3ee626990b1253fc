import type { JsonObject } from '#domain/json.js';
import type { Principal } from './principal.js';

/** Who did something. `system` is the platform itself, `anonymous` a caller who proved nothing. */
export interface AuditActor {
  readonly type: 'user' | 'api-key' | 'system' | 'anonymous';
  /** User id or key id; null for `system` and `anonymous`. */
  readonly id: string | null;
  /** Username; of `anonymous` the name that was claimed. */
  readonly name: string | null;
}

export interface AuditEntry {
  readonly actor: AuditActor;
  /** `<thing>.<what happened>` in the past tense, e.g. `job.created`, `user.login_failed`. */
  readonly action: `${string}.${string}`;
  /** What it was done to, e.g. `{ type: 'job', id: '550e…' }`. */
  readonly target?: { readonly type: string; readonly id: string } | null;
  /** Address of the caller, if there was a request. */
  readonly ip?: string | null;
  /** Usually `{ before, after }`. Never a secret, never a hash of one. @default {} */
  readonly details?: JsonObject;
}

export interface AuditRecord {
  readonly id: number;
  readonly at: Date;
  readonly actor: AuditActor;
  readonly action: string;
  readonly target: { readonly type: string; readonly id: string } | null;
  readonly ip: string | null;
  readonly details: JsonObject;
}

export interface AuditQuery {
  /** Only what was done to this thing. */
  readonly target?: { readonly type: string; readonly id: string };
  /** Only entries older than this id (keyset paging). */
  readonly beforeId?: number;
  /** 1..500. */
  readonly limit: number;
}

/** The audit log: entries are added and read, never changed or removed. The store itself refuses UPDATE and DELETE. */
export abstract class AuditLog {
  /**
   * Adds an entry, dated by the store. Characters that the store cannot hold (NUL, lone surrogates) are replaced, so that
   * an attacker cannot avoid being recorded. @throws DomainError `DATABASE_UNAVAILABLE`
   */
  abstract record(entry: AuditEntry): Promise<void>;

  /** Returns entries, newest first. */
  abstract list(query: AuditQuery): Promise<AuditRecord[]>;
}

/** The platform itself as an actor. */
export const SYSTEM_ACTOR: AuditActor = { type: 'system', id: null, name: null };

/** The actor behind a request. */
export function actorOf(principal: Principal): AuditActor {
  return { type: principal.kind, id: principal.apiKeyId ?? principal.userId, name: principal.username };
}

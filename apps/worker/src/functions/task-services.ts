import type { AccountEmails } from '#application/housekeeping/account-emails.js';
import type { Housekeeping } from '#application/housekeeping/housekeeping.js';
import type { AuditLog } from '#application/identity/audit-log.js';
import type { UserRepository } from '#application/identity/user.repository.js';
import type { Clock } from '#domain/clock.js';
import type { PasswordHasher } from '#identity/passwords/password-hasher.js';

/** The platform's file store: two folders on this worker's machine or on a volume that its workers share. */
export interface FileStorePaths {
  /** Finished files, as `TAKT_HOME/files/store`. Made when first needed. */
  readonly store: string;
  /** Uploads that did not get there yet, as `TAKT_HOME/files/pending`. */
  readonly pending: string;
}

/** What the worker's composition root gives to every task function, as `services` of its context. */
export interface TaskServices {
  readonly housekeeping: Housekeeping;
  readonly users: UserRepository;
  readonly accountEmails: AccountEmails;
  readonly audit: AuditLog;
  readonly passwords: PasswordHasher;
  readonly fileStore: FileStorePaths;
  /** Folders that arguments may name files in (`FILE_ROOTS`). Empty: none. */
  readonly fileRoots: readonly string[];
  readonly clock: Clock;
}

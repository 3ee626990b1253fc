import type { Fingerprint, Topic } from './topics.js';

/** Tells in one question to the store whether anything happened. */
export abstract class FingerprintSource {
  /**
   * The state of every part of the platform, and of the executions and jobs among `topics`; what does not exist (any more)
   * has a state, too. @throws DomainError `DATABASE_UNAVAILABLE`
   */
  abstract take(topics: ReadonlySet<Topic>): Promise<Fingerprint>;
}

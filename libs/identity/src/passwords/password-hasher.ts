import { hash, verify } from '@node-rs/argon2';
import { ConcurrencyLimit } from './concurrency-limit.js';

export interface PasswordHashing {
  /** Memory of one computation, KiB. @default 19456 */
  readonly memoryKib?: number;
  /** @default 2 */
  readonly passes?: number;
}

/** OWASP's smallest recommended setting for argon2id: about 25 ms on one core. */
const MEMORY_KIB = 19_456;
const PASSES = 2;

/** Computations at once: they run on libuv's four threads, which files and DNS need as well. */
const MAX_RUNNING = 2;
const MAX_WAITING = 100;

/** Hashes and checks passwords with argon2id, off the main thread, few at a time. */
export class PasswordHasher {
  private readonly limit = new ConcurrencyLimit(MAX_RUNNING, MAX_WAITING);
  private readonly options: { memoryCost: number; timeCost: number; parallelism: number };

  constructor(options: PasswordHashing = {}) {
    this.options = { memoryCost: options.memoryKib ?? MEMORY_KIB, timeCost: options.passes ?? PASSES, parallelism: 1 };
  }

  /** Returns a PHC string with a fresh salt. @throws DomainError `RATE_LIMIT_EXCEEDED` */
  hash(password: string): Promise<string> {
    return this.limit.run(() => hash(password, this.options));
  }

  /**
   * Tells whether the password belongs to the hash. Without a hash (no such user) it computes one all the same and
   * returns false, so that the time taken does not tell who exists. @throws DomainError `RATE_LIMIT_EXCEEDED`
   */
  async matches(storedHash: string | null, password: string): Promise<boolean> {
    if (storedHash !== null) return this.limit.run(() => verify(storedHash, password));
    await this.hash(password);
    return false;
  }
}

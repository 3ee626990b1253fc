/**
 * One place for a spawn helper (see `helper/main.ts` for why there is one). It is filled when somebody asks, and again after
 * its helper died; later and later if helpers keep dying (100 ms, 200 ms … 5 s).
 */
import { SpawnHelperLost } from './errors.js';
import { delay } from './helper/delay.js';
import type { HelperAbilities } from './helper/protocol.js';
import { HelperConnection, type HelperStart } from './helper-connection.js';
import type { SupervisorEvent } from './supervisor-options.js';

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;
/** A helper that lived this long was healthy: its end starts a new count. */
const HEALTHY_AFTER_MS = 10_000;

export interface Helper {
  readonly connection: HelperConnection;
  readonly abilities: HelperAbilities;
}

export class SpawnHelper {
  private helper: Promise<Helper> | null = null;
  private failures = 0;
  private closed = false;
  private runs = 0;

  constructor(
    private readonly how: HelperStart,
    private readonly onEvent: (event: SupervisorEvent) => void,
  ) {}

  /** Runs that were begun with `enter` and not ended with `leave`. */
  get load(): number {
    return this.runs;
  }

  enter(): void {
    this.runs += 1;
  }

  leave(): void {
    this.runs -= 1;
  }

  /** The helper, started if there is none. @throws SpawnHelperLost when it does not start */
  async connected(): Promise<Helper> {
    this.helper ??= this.start();
    return this.helper;
  }

  /** Kills all that runs and ends the helper. May be called twice. */
  async close(): Promise<void> {
    this.closed = true;
    const helper = await this.helper?.catch(() => null);
    await helper?.connection.shutdown();
  }

  private async start(): Promise<Helper> {
    try {
      await delay(this.backoffMs());
      const helper = await HelperConnection.start(this.how);
      this.onEvent({ event: 'spawn_helper.started', pid: helper.connection.pid });
      void this.watch(helper.connection);
      return helper;
    } catch (error) {
      this.helper = null;
      this.failures += 1;
      if (error instanceof SpawnHelperLost) throw error;
      throw new SpawnHelperLost(`the spawn helper did not start: ${String(error)}`, { cause: error });
    }
  }

  private async watch(connection: HelperConnection): Promise<void> {
    const since = performance.now();
    const runs = await connection.exited;
    // From here on new runs ask for a new helper, while the old one's trees are still being killed.
    this.helper = null;
    this.failures = performance.now() - since > HEALTHY_AFTER_MS ? 1 : this.failures + 1;
    const detail = await connection.ended;
    if (!this.closed) this.onEvent({ event: 'spawn_helper.lost', pid: connection.pid, runs, detail });
  }

  private backoffMs(): number {
    return this.failures === 0 ? 0 : Math.min(FIRST_BACKOFF_MS * 2 ** (this.failures - 1), MAX_BACKOFF_MS);
  }
}

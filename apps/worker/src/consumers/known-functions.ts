import type { WorkerRegistry } from '#application/workers/worker-registry.js';

/** An answer of the registry is good for this long, milliseconds. */
const REMEMBERED_MS = 1_000;

/**
 * Which task functions this worker has, and whether others have those that it has not: in a fleet whose workers were not all
 * started from the same release, a queue brings attempts of functions that only some of them know.
 */
export class KnownFunctions {
  private readonly own: ReadonlySet<string>;
  private readonly answers = new Map<string, { readonly isServed: Promise<boolean>; readonly untilMs: number }>();

  constructor(
    own: readonly string[],
    private readonly registry: Pick<WorkerRegistry, 'isServed'>,
  ) {
    this.own = new Set(own);
  }

  /**
   * Whether an attempt is to be left to another worker. One that nobody has is not: it fails here, with words that say why.
   * While the registry is away attempts are left, since a failure would be for good.
   */
  leaveToOthers(queue: string, taskFunction: string): false | Promise<boolean> {
    if (this.own.has(taskFunction)) return false;
    const key = `${queue} ${taskFunction}`;
    const known = this.answers.get(key);
    if (known !== undefined && known.untilMs > performance.now()) return known.isServed;
    const isServed = this.registry.isServed(queue, taskFunction).catch(() => true);
    this.answers.set(key, { isServed, untilMs: performance.now() + REMEMBERED_MS });
    return isServed;
  }
}

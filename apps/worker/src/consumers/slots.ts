/**
 * Counts the executions that this process runs at a time, over all queues, and says whose turn it is when all are taken.
 *
 * Nothing waits in here: an attempt that finds no slot goes back to its queue, where another worker may have it, and its
 * queue is held, which means that nothing more is fetched from it, until a slot is free. Held queues get the free slots in
 * the order in which they were held. Without held queues taking and leaving is counting, nothing else.
 */

/** A held queue that gets a slot and fetches nothing (another worker was faster) loses the slot after this time, milliseconds. */
const TURN_MS = 250;

/** What can be held: the consumer of one queue. */
export interface SlotUser {
  /** Nothing more is fetched. */
  hold(): void;
  /** Fetches again, so much that at most `slots` run. */
  let(slots: number): void;
}

export class Slots {
  private inUse = 0;
  private readonly running = new Map<SlotUser, number>();
  /** Those that are held, the next one first. */
  private readonly line = new Set<SlotUser>();
  /** Those for which a free slot is kept until they fetched. */
  private readonly turns = new Map<SlotUser, NodeJS.Timeout>();

  constructor(private readonly total: number) {}

  /** Takes a slot; false when there is none, and then `user` is held. */
  take(user: SlotUser): boolean {
    const hadTurn = this.endTurn(user);
    if (!hadTurn && this.free() <= 0) {
      this.hold(user);
      return false;
    }
    this.inUse += 1;
    this.running.set(user, this.runningOf(user) + 1);
    if (hadTurn) this.afterTurn(user);
    return true;
  }

  /** `user` found its queue empty: a slot that is kept for it goes to the next one. */
  pass(user: SlotUser): void {
    if (!this.endTurn(user)) return;
    this.giveTurns();
    user.let(this.total);
  }

  /** Frees a slot that was taken. */
  leave(user: SlotUser): void {
    this.inUse -= 1;
    this.running.set(user, this.runningOf(user) - 1);
    if (this.line.size === 0) return;
    this.giveTurns();
    if (this.free() <= 0 && !this.turns.has(user)) this.hold(user);
  }

  /** Slots that are neither in use nor kept for somebody. */
  private free(): number {
    return this.total - this.inUse - this.turns.size;
  }

  private hold(user: SlotUser): void {
    this.line.add(user);
    user.hold();
  }

  /** Gives every free slot to a held queue, as long as there are some. */
  private giveTurns(): void {
    for (const user of this.line) {
      if (this.free() <= 0) return;
      this.line.delete(user);
      const timer = setTimeout(() => this.pass(user), TURN_MS);
      this.turns.set(user, timer.unref());
      user.let(this.runningOf(user) + 1);
    }
  }

  /** Whether it was the turn of `user`. */
  private endTurn(user: SlotUser): boolean {
    const timer = this.turns.get(user);
    clearTimeout(timer);
    return this.turns.delete(user);
  }

  /** One attempt was fetched in its turn; for more there has to be room. */
  private afterTurn(user: SlotUser): void {
    if (this.free() > 0) user.let(this.total);
    else this.hold(user);
  }

  private runningOf(user: SlotUser): number {
    return this.running.get(user) ?? 0;
  }
}

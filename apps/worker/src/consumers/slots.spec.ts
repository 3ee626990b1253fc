import { describe, expect, it, vi } from 'vitest';
import { Slots, type SlotUser } from './slots.js';

/** What Slots told the consumer of a queue last: the limit, or 0 while it is held. */
class Queue implements SlotUser {
  limit = Infinity;

  hold(): void {
    this.limit = 0;
  }

  let(slots: number): void {
    this.limit = slots;
  }
}

describe('Slots', () => {
  it('say nothing to anybody while there is room', () => {
    const [slots, queue] = [new Slots(2), new Queue()];
    expect([slots.take(queue), slots.take(queue)]).toEqual([true, true]);
    slots.leave(queue);
    expect(slots.take(queue)).toBe(true);
    expect(queue.limit).toBe(Infinity);
  });

  it('hold the queue whose attempt finds none, and let it fetch one as soon as one is free', () => {
    const [slots, busy, other] = [new Slots(1), new Queue(), new Queue()];
    slots.take(busy);
    expect(slots.take(other)).toBe(false);
    expect(other.limit).toBe(0);
    slots.leave(busy);
    expect([busy.limit, other.limit]).toEqual([0, 1]);
    expect([slots.take(busy), slots.take(other)]).toEqual([false, true]);
  });

  it('serve queues in turn, however fast the one that runs comes back', () => {
    const slots = new Slots(1);
    const queues = [new Queue(), new Queue(), new Queue()] as const;
    const served = [queues[0]];
    slots.take(queues[0]);
    for (const queue of queues) slots.take(queue);
    for (let round = 0; round < 6; round += 1) {
      const last = served.at(-1) ?? queues[0];
      slots.leave(last);
      const next = [last, ...queues].find((queue) => slots.take(queue));
      if (next !== undefined) served.push(next);
    }
    expect(new Set(served.slice(-3)).size).toBe(3);
  });

  it('give free slots to several held queues at once, and lift every limit when nobody is held', () => {
    const [slots, busy, first, second] = [new Slots(2), new Queue(), new Queue(), new Queue()];
    slots.take(busy);
    slots.take(busy);
    slots.take(first);
    slots.take(second);
    slots.leave(busy);
    slots.leave(busy);
    expect([first.limit, second.limit]).toEqual([1, 1]);
    expect([slots.take(first), slots.take(second)]).toEqual([true, true]);
    slots.leave(first);
    slots.leave(second);
    expect([slots.take(busy), slots.take(first)].filter(Boolean).length).toBeGreaterThan(0);
  });

  it('do not keep a slot for a queue that turns out to be empty', () => {
    const [slots, busy, empty] = [new Slots(1), new Queue(), new Queue()];
    slots.take(busy);
    slots.take(empty);
    slots.leave(busy);
    slots.pass(empty);
    expect([busy.limit, empty.limit]).toEqual([1, 1]);
    expect(slots.take(busy)).toBe(true);
  });

  it('do not keep a slot for a queue that says nothing', () => {
    vi.useFakeTimers();
    const [slots, busy, silent] = [new Slots(1), new Queue(), new Queue()];
    slots.take(busy);
    slots.take(silent);
    slots.leave(busy);
    vi.advanceTimersByTime(1_000);
    expect(slots.take(busy)).toBe(true);
    vi.useRealTimers();
  });
});

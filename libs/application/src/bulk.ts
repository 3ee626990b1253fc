import { DomainError } from '#domain/errors.js';

/** Use-case calls at a time: several, so that a request over thousands of things ends, and few enough to leave connections to others. */
const PARALLEL = 4;

export interface Refusal<Item> {
  readonly item: Item;
  readonly error: DomainError;
}

/**
 * Does something to each item, a few of them at a time, and goes on after a refusal.
 *
 * @returns the refusals in the order of the items
 * @throws whatever is no refusal of one item: a store that is away, a defect
 */
export async function forEachOf<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<Refusal<Item>[]> {
  const refusals = new Map<number, Refusal<Item>>();
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      try {
        await act(item);
      } catch (error) {
        if (!(error instanceof DomainError) || error.category === 'unavailable' || error.category === 'internal') throw error;
        refusals.set(index, { item, error });
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return [...refusals].sort(([left], [right]) => left - right).map(([, refusal]) => refusal);
}

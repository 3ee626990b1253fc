import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycle } from './find-cycle.js';

const NODES = 12;
const node = fc.nat({ max: NODES - 1 });
/** Edges lead to smaller nodes only, so there is no cycle. */
const acyclic = fc
  .array(fc.tuple(node, node), { maxLength: 40 })
  .map((pairs) => graphOf(pairs.filter(([from, to]) => from > to)));

function graphOf(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const graph = new Map<number, number[]>();
  for (const [from, to] of pairs) graph.set(from, [...(graph.get(from) ?? []), to]);
  return graph;
}

/** The definition: a node is on a cycle if it can be reached from itself. Follows every path of up to `NODES` steps. */
function reaches(graph: ReadonlyMap<number, readonly number[]>, from: number, target: number): boolean {
  let frontier = new Set(graph.get(from) ?? []);
  for (let step = 0; step < NODES; step += 1) {
    if (frontier.has(target)) return true;
    frontier = new Set([...frontier].flatMap((at) => [at, ...(graph.get(at) ?? [])]));
  }
  return frontier.has(target);
}

describe('findCycle', () => {
  it('finds one exactly when the changed node can be reached from itself', () => {
    fc.assert(
      fc.property(acyclic, node, fc.uniqueArray(node, { maxLength: 6 }), (graph, changed, wanted) => {
        const after = new Map(graph).set(changed, wanted);
        expect(findCycle(changed, wanted, graph) !== null).toBe(reaches(after, changed, changed));
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers with a path along real edges that begins and ends with the changed node', () => {
    fc.assert(
      fc.property(acyclic, node, fc.uniqueArray(node, { minLength: 1, maxLength: 6 }), (graph, changed, wanted) => {
        const path = findCycle(changed, wanted, graph);
        if (path === null) return;
        const after = new Map(graph).set(changed, wanted);
        expect([path[0], path.at(-1)]).toEqual([changed, changed]);
        for (const [index, from] of path.slice(0, -1).entries()) expect(after.get(from)).toContain(path[index + 1]);
        expect(new Set(path.slice(1)).size).toBe(path.length - 1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes a node that depends on itself for a cycle', () => {
    expect(findCycle(7, [7], new Map())).toEqual([7, 7]);
  });

  it('walks a chain of a hundred thousand nodes', () => {
    const chain = graphOf(Array.from({ length: 100_000 }, (_, index) => [index, index + 1] as const));
    expect(findCycle(-1, [0], chain)).toBeNull();
    expect(findCycle(100_000, [0], chain)).toHaveLength(100_002);
  });
});

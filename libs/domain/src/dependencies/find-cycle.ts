/**
 * Looks for a cycle that a change of one node's dependencies would close. The graph before the change is taken to have
 * none, so every new cycle goes through the changed node. Pure; visits each node at most once, without recursion.
 *
 * @param node the node whose dependencies change
 * @param wanted what it shall depend on; the node itself among them is the shortest cycle
 * @param edges what the others depend on; nodes that are left out depend on nothing
 * @returns the cycle as a path that begins and ends with `node`, or null
 */
export function findCycle<Node>(
  node: Node,
  wanted: readonly Node[],
  edges: ReadonlyMap<Node, readonly Node[]>,
): Node[] | null {
  const reachedFrom = new Map<Node, Node>();
  const open: Node[] = [];
  const reach = (next: Node, from: Node): void => {
    if (reachedFrom.has(next)) return;
    reachedFrom.set(next, from);
    open.push(next);
  };
  for (const next of wanted) reach(next, node);
  for (let at = open.pop(); at !== undefined && !reachedFrom.has(node); at = open.pop()) {
    for (const next of edges.get(at) ?? []) reach(next, at);
  }
  return reachedFrom.has(node) ? pathTo(node, reachedFrom) : null;
}

function pathTo<Node>(node: Node, reachedFrom: ReadonlyMap<Node, Node>): Node[] {
  const backwards = [node];
  for (let at = reachedFrom.get(node); at !== undefined && at !== node; at = reachedFrom.get(at)) backwards.push(at);
  return [node, ...backwards.reverse()];
}

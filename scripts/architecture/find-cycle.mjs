/**
 * The first cycle of a directed graph, its start repeated at the end, or undefined.
 *
 * @example findCycle(new Map([['a', new Set(['b'])], ['b', new Set(['a'])]])) // ['a', 'b', 'a']
 */
export const findCycle = (graph) => {
  const finished = new Set();
  const visit = (node, path) => {
    const seenAt = path.indexOf(node);
    if (seenAt >= 0) return [...path.slice(seenAt), node];
    if (finished.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
};

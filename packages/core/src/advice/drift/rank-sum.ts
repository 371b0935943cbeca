/** The rank of each value among all, from 1; equal values share their mean rank. */
export const midRanks = (values: Float64Array): Float64Array => {
  const order = Int32Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let index = start; index < end; index++) ranks[order[index]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
};

/** The share of pairs in which a member outranks one that isn't (the area under the ROC curve; a tie is half). */
export const areaUnderCurve = (ranks: Float64Array, members: Int32Array): number => {
  const sum = members.reduce((total, member) => total + ranks[member]!, 0);
  const { length } = members;
  return (sum - (length * (length + 1)) / 2) / (length * (ranks.length - length));
};

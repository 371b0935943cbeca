/** Pairs of two lists that both put in the same order, and all pairs that neither holds for equal. */
export const agreeingPairs = (first, second) => {
  let agree = 0;
  let pairs = 0;
  for (let a = 0; a < first.length; a++) {
    for (let b = 0; b < a; b++) {
      const order = Math.sign(first[a] - first[b]) * Math.sign(second[a] - second[b]);
      if (order !== 0) pairs++;
      if (order > 0) agree++;
    }
  }
  return { agree, pairs };
};

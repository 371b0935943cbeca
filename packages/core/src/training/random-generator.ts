import { xoshiro128 } from './xoshiro128.js';

/** Random numbers that depend on the seed and the stream's name alone. */
export interface RandomGenerator {
  /** 32 random bits. */
  bits(): number;
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A uniform integer in [0, limit), for limits up to 2 ** 32. */
  below(limit: number): number;
  /** Shuffles in place (Fisher and Yates) and returns its argument. */
  shuffle<List extends Int32Array | unknown[]>(list: List): List;
}

/** FNV-1a over the UTF-16 code units of a text. */
const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
};

/** Spreads a hash over the four words of a state: SplitMix32, a Weyl sequence through MurmurHash3's finaliser. */
const spread = (hash: number): Parameters<typeof xoshiro128>[0] => {
  let weyl = hash;
  const word = (): number => {
    weyl = (weyl + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(weyl ^ (weyl >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return [word(), word(), word(), word()];
};

/**
 * A generator for one purpose. Every use draws from a stream of its own, named by what it is for and by its place in
 * the run, so a run that resumes needs no generator state: epoch 7's stream is the same whether or not epoch 6's was
 * drawn.
 *
 * @example randomGenerator(seed, 'epoch-order', epoch).shuffle(order);
 */
export const randomGenerator = (seed: number, ...stream: readonly (string | number)[]): RandomGenerator => {
  const bits = xoshiro128(spread(hashText([seed, ...stream].join('/'))));
  const below = (limit: number): number => {
    const fair = 2 ** 32 - (2 ** 32 % limit);
    let value = bits();
    while (value >= fair) value = bits();
    return value % limit;
  };
  return {
    bits,
    uniform: () => bits() / 2 ** 32,
    below,
    shuffle: (list) => {
      for (let index = list.length - 1; index > 0; index--) {
        const other = below(index + 1);
        const held = list[index]!;
        list[index] = list[other]!;
        list[other] = held;
      }
      return list;
    },
  };
};

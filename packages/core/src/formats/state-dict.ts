import type { Weight } from '../network/network.js';

/** Weights by the names their origin gives them, in the layout of their origin. */
export type StateDict = ReadonlyMap<string, Weight>;

const wrapper = 'module.';

/** Takes off the `module.` that PyTorch's DataParallel puts before every name. */
export const unwrapNames = (stateDict: StateDict): StateDict =>
  [...stateDict.keys()].every((name) => name.startsWith(wrapper))
    ? new Map([...stateDict].map(([name, weight]) => [name.slice(wrapper.length), weight]))
    : stateDict;

import type { Weight } from '../../network/network.js';
import { mismatched } from '../format-errors.js';
import type { KerasLayer } from './keras-layer.js';

/** A weight as a Keras file lists it. */
export interface KerasWeight {
  /** As the file names it, without the trailing `:0`: `conv1/kernel`, `model/conv1/kernel`. */
  readonly name: string;
  /** The outermost layer whose group holds it, where the format has groups. */
  readonly group?: string;
  readonly weight: Weight;
}

/** The name without the `:0` that TensorFlow adds. */
export const plainWeightName = (name: string): string => name.replace(/:\d+$/, '');

const segments = (name: string): string[] => name.split('/');

const roleOf = (name: string): string => segments(name).at(-1)!.replace(/_\d+$/, '');

/** How well the scopes of a weight's name fit the models a layer is nested in: those on the path less the others. */
const affinity = (name: string, path: readonly string[]): number =>
  segments(name)
    .slice(0, -2)
    .reduce((sum, scope) => sum + (path.includes(scope) ? 1 : -1), 0);

const best = (candidates: readonly KerasWeight[], path: readonly string[]): readonly KerasWeight[] => {
  const highest = Math.max(...candidates.map(({ name }) => affinity(name, path)));
  return candidates.filter(({ name }) => affinity(name, path) === highest);
};

/** Finds the weights of a layer that stands on `path` (outermost model first) by their role. */
export interface KerasWeightFinder {
  find(layer: KerasLayer, path: readonly string[], roles: readonly string[]): KerasWeight;
}

const groupBy = (
  weights: Iterable<KerasWeight>,
  key: (weight: KerasWeight) => string | undefined,
): ReadonlyMap<string, KerasWeight[]> => {
  const groups = new Map<string, KerasWeight[]>();
  for (const weight of weights) {
    const name = key(weight);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [weight]);
    else group.push(weight);
  }
  return groups;
};

/**
 * Looks weights up as Keras places them: in the layer's own group whatever their scope, else by `…/layer/role`,
 * preferring names whose scopes are the models the layer is nested in.
 */
export const findKerasWeights = (weights: readonly KerasWeight[]): KerasWeightFinder => {
  const byLayer = groupBy(weights, ({ name }) => segments(name).at(-2));
  const byGroup = groupBy(weights, ({ group }) => group);
  return {
    find: (layer, path, roles) => {
      const hasRole = ({ name }: KerasWeight): boolean => roles.includes(roleOf(name));
      const outermost = path[1] ?? layer.name;
      const inGroup = ({ group }: KerasWeight): boolean => group === undefined || group === outermost;
      const named = (byLayer.get(layer.name) ?? []).filter((weight) => hasRole(weight) && inGroup(weight));
      const grouped = outermost === layer.name ? (byGroup.get(layer.name) ?? []).filter(hasRole) : [];
      const candidates = grouped.length === 1 ? grouped : best(named, path);
      if (candidates.length === 1) return candidates[0]!;
      const received =
        candidates.length === 0
          ? `none among ${weights.length} weights`
          : candidates.map(({ name }) => `"${name}"`).join(', ');
      throw mismatched(
        `Layer "${layer.name}" (${layer.className}) must have one weight "${roles[0]}". Received: ${received}`,
      );
    },
  };
};

import type { Store } from '@regraft/store';
import { activationSpaces } from '../features/activation-space.js';
import { modelChain } from '../features/trunk-chain.js';
import type { CacheCount } from '../runs/run-event.js';
import { loadVersionModel, type VersionModel } from '../versions/load-version-model.js';
import type { AnswerOptions } from './answer-rules.js';
import type { Prediction } from './file-prediction.js';
import { inspectNamedFiles, requireReadable } from './inspect-named-files.js';
import { listImageFiles } from './list-image-files.js';
import { predictVersion } from './predict-version.js';

/** Versions whose frozen part is one and the same, so that it runs once an image for all of them. */
export interface SharedTrunk {
  readonly versions: readonly string[];
  /** Images that ran through the trunk, and images whose activations were in the cache before. */
  readonly cache: CacheCount;
  readonly seconds: number;
}

export interface JointPrediction {
  /** In the order the versions were named. */
  readonly versions: readonly Prediction[];
  readonly trunks: readonly SharedTrunk[];
}

const trunkOf = async ({ model }: VersionModel): Promise<string> =>
  (await activationSpaces(modelChain(model), model.preprocessing)).at(-1)!;

/**
 * Labels image files, and the images in folders, with several versions. Where versions share a trunk, the images run through it for the first of
 * them; the others take the activations from the cache.
 *
 * @throws RegraftError as `predictFiles`
 * @example const { versions, trunks } = await predictTogether(store, ['v1', 'v2'], ['photo.jpg']);
 */
export const predictTogether = async (
  store: Store,
  references: readonly string[],
  files: readonly string[],
  options: AnswerOptions = {},
): Promise<JointPrediction> => {
  const loaded: VersionModel[] = [];
  for (const reference of references) loaded.push(await loadVersionModel(store, reference));
  const named = await inspectNamedFiles(await listImageFiles(files, options.signal), options.signal);
  requireReadable(named.names, named.failures);
  const versions: Prediction[] = [];
  const trunks = new Map<string, SharedTrunk>();
  for (const version of loaded) {
    const prediction = await predictVersion(store, version, named, options);
    versions.push(prediction);
    const trunk = await trunkOf(version);
    const {
      versions: others,
      cache,
      seconds,
    } = trunks.get(trunk) ?? {
      versions: [],
      cache: prediction.cache,
      seconds: 0,
    };
    trunks.set(trunk, {
      versions: [...others, prediction.version],
      cache,
      seconds: seconds + prediction.seconds,
    });
  }
  return { versions, trunks: [...trunks.values()] };
};

import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { loadBackboneByName } from '../backbones/load-backbone-by-name.js';
import { extractActivations } from '../features/extract-activations.js';
import { trunkChain } from '../features/trunk-chain.js';
import type { InspectedData, ReadOptions } from './inspected-data.js';

/** Rows of features, `[images, columns]`. */
export type ImageFeatures = Pick<InspectedData, 'features' | 'columns'>;

/** Row by row one behind the other, each scaled to length 1 so that neither outweighs the other. */
const joinRows = (first: ImageFeatures, second: ImageFeatures): ImageFeatures => {
  const columns = first.columns + second.columns;
  const count = first.features.length / first.columns;
  const features = new Float32Array(count * columns);
  for (let index = 0; index < count; index++) {
    let start = index * columns;
    for (const { features: values, columns: width } of [first, second]) {
      const row = values.subarray(index * width, (index + 1) * width);
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
      features.set(
        row.map((value) => value / length),
        start,
      );
      start += width;
    }
  }
  return { features, columns };
};

/**
 * The version's features with those of another backbone beside them: two that were trained on different images err on
 * different images.
 *
 * @throws RegraftError `data-not-found` where it can't see all images; those of the backbone; `cancelled`
 */
export const withSecondOpinion = async (
  store: Store,
  data: InspectedData,
  backbone: string,
  { signal, onProgress }: Pick<ReadOptions, 'signal' | 'onProgress'>,
): Promise<ImageFeatures> => {
  const found = await loadBackboneByName(backbone, { ...(signal && { signal }) });
  const extracted = await extractActivations({
    images: data.images,
    chain: trunkChain(found),
    preprocessing: found.preprocessing,
    activations: store.activations,
    signal,
    onProgress,
  });
  try {
    const [missing] = extracted.unreadable;
    if (missing !== undefined) {
      throw new RegraftError({
        code: 'data-not-found',
        message: `A second backbone must see every image. Received: ${data.images[missing.index]!.file} (${missing.reason})`,
        hint: 'Put the images back to where they were, or leave --second-opinion away.',
      });
    }
    const { source } = extracted.views[0]!;
    const columns = source.shape[0]!;
    const features = new Float32Array(source.size * columns);
    await source.read([...data.images.keys()], features);
    return joinRows(data, { features, columns });
  } finally {
    await extracted.close();
  }
};

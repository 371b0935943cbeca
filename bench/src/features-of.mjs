import { extractActivations, trunkChain } from '@regraft/studio/models';

/** Pooled features of a backbone for images with their sha256: `values` are `[images, columns]`. */
export const featuresOf = async (backbone, images) => {
  const { preprocessing } = backbone;
  const extracted = await extractActivations({ images, chain: trunkChain(backbone), preprocessing });
  const { source } = extracted.views[0];
  const columns = source.shape[0];
  const values = new Float32Array(source.size * columns);
  await source.read([...images.keys()], values);
  await extracted.close();
  return { values, columns };
};

/** The features of some images alone, in the order of the indices. */
export const rowsOf = ({ values, columns }, indices) => {
  const picked = new Float32Array(indices.length * columns);
  for (const [place, index] of indices.entries())
    picked.set(values.subarray(index * columns, (index + 1) * columns), place * columns);
  return { values: picked, columns };
};

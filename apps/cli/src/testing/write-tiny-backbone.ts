import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Filters of each convolution: enough blocks to unfreeze two of them. */
const filters = [8, 24, 48];
const channels = [3, ...filters];

const convolutions = filters.map((count, index) => ({
  class_name: 'Conv2D',
  config: {
    name: `convolution_${index + 1}`,
    filters: count,
    kernel_size: [3, 3],
    strides: [2, 2],
    padding: 'same',
    activation: 'relu',
    use_bias: true,
    ...(index === 0 ? { batch_input_shape: [null, 32, 32, 3] } : {}),
  },
}));

const layers = [
  ...convolutions,
  { class_name: 'GlobalAveragePooling2D', config: { name: 'features', data_format: 'channels_last' } },
];

const weights = filters.flatMap((count, index) => [
  { name: `convolution_${index + 1}/kernel`, shape: [3, 3, channels[index]!, count], dtype: 'float32' },
  { name: `convolution_${index + 1}/bias`, shape: [count], dtype: 'float32' },
]);

const size = weights.reduce((sum, { shape }) => sum + shape.reduce((product, edge) => product * edge), 0);

/** Writes a model of TensorFlow.js over 32 px images: small enough for the cpu engine, an epoch takes about a second. */
export const writeTinyBackbone = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const model = {
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { name: 'tiny', layers } },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  await writeFile(join(folder, 'model.json'), JSON.stringify(model));
  const values = Float32Array.from({ length: size }, (_, index) => Math.sin(index * 1.1) / 4);
  await writeFile(join(folder, 'weights.bin'), values);
  return folder;
};

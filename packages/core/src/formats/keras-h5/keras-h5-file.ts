import { unreadable, unsupported } from '../format-errors.js';
import { type KerasWeight, plainWeightName } from '../keras/keras-weights.js';
import type { Hdf5Reader } from './hdf5-reader.js';
import { openHdf5 } from './open-hdf5.js';

/** What a Keras .h5 file holds. */
export interface KerasH5File {
  /** The JSON of the model's config; undefined where the file holds weights only. */
  readonly config: string | undefined;
  readonly kerasVersion: string | undefined;
  readonly weights: readonly KerasWeight[];
}

const scopedName = (layer: string, name: string): string => {
  const plain = plainWeightName(name);
  return plain.includes('/') ? plain : `${layer}/${plain}`;
};

const readWeights = (reader: Hdf5Reader, root: string, layers: readonly string[]): KerasWeight[] => {
  const prefix = root === '' ? '' : `${root}/`;
  return layers.flatMap((layer) => {
    const names = reader.texts(`${prefix}${layer}`, 'weight_names') ?? [];
    return names.map((name) => ({
      name: scopedName(layer, name),
      group: layer,
      weight: reader.weight(`${prefix}${layer}/${name}`),
    }));
  });
};

const readFile = (reader: Hdf5Reader): KerasH5File => {
  const config = reader.text('', 'model_config');
  const root = reader.names('').includes('model_weights') ? 'model_weights' : '';
  const layers = reader.texts(root, 'layer_names');
  if (layers === undefined) {
    if (reader.names('').includes('layers') || reader.names('').includes('_layer_checkpoint_dependencies')) {
      throw unsupported(
        'Keras weights must carry the names of their layers. Received: a .weights.h5 file of Keras 3, which numbers them',
        "Save the whole model with model.save('model.h5').",
      );
    }
    throw unreadable('A Keras .h5 file must list layer_names. Received: an HDF5 file without');
  }
  const kerasVersion = reader.text('', 'keras_version') ?? reader.text(root, 'keras_version');
  return { config, kerasVersion, weights: readWeights(reader, root, layers) };
};

/** Reads all of a Keras .h5 file: config, version and weights. */
export const readKerasH5File = (bytes: Uint8Array): Promise<KerasH5File> => openHdf5(bytes, readFile);

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Backbone,
  backboneFromNetwork,
  catalogue,
  type FetchOptions,
  loadBackbone,
  readWeightFiles,
  sha256,
  type WeightSource,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { throwIfCancelled } from '../data/cancellation.js';
import { createWeightSource } from './create-weight-source.js';
import { readLocalWeights } from './read-local-weights.js';

export interface LoadBackboneByNameOptions extends FetchOptions {
  readonly source?: WeightSource;
}

const isCatalogued = (name: string): boolean => catalogue.some(({ id }) => id === name);

/** A path rather than a mistyped name. */
const looksLikePath = (name: string): boolean =>
  /[\\/]/.test(name) || /\.(h5|hdf5|json|keras|pt|pth|safetensors|tflite|zip)$/i.test(name);

/** `My Model.tflite` as an id: `my-model.local`. */
const localId = (name: string): string => {
  const stem = name.replace(/\.[^.]*$/, '').toLowerCase();
  return `${stem.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'model'}.local`;
};

/** The readers know bytes, not files; a person wants to know which file is meant. */
const naming = (path: string, error: unknown): unknown =>
  RegraftError.isInstance(error) && !error.message.includes(path)
    ? new RegraftError({ ...error.toJSON(), message: `${error.message} (in ${path})`, cause: error })
    : error;

const loadLocal = async (path: string, signal: AbortSignal | undefined): Promise<Backbone> => {
  const { name, files } = await readLocalWeights(path);
  throwIfCancelled(signal, 'Loading the backbone');
  const read = await readWeightFiles(files).catch((error: unknown) => {
    throw naming(path, error);
  });
  const [only] = files.size === 1 ? files.values() : [];
  return backboneFromNetwork(
    {
      id: localId(name),
      title: name,
      architecture: read.network.name,
      pretrainedOn: 'unknown',
      licence: 'unknown',
      source: { kind: 'file', path: resolve(path), ...(only ? { sha256: await sha256(only) } : {}) },
      reader: { format: 'any' },
    },
    read,
  );
};

/**
 * Loads a backbone by its name in the catalogue, or from any file or folder of a known format: TensorFlow Lite, tfjs
 * layers, Teachable Machine (folder or zip), Keras h5, and PyTorch or safetensors weights of a known family.
 * Throws `backbone-unknown` with the nearest names, `data-not-found` for a path where nothing is, and what
 * `loadBackbone` throws.
 *
 * @example const backbone = await loadBackboneByName('models/teachable-machine.zip');
 */
export const loadBackboneByName = async (
  nameOrPath: string,
  { source = createWeightSource(), ...options }: LoadBackboneByNameOptions = {},
): Promise<Backbone> => {
  const isLocal = !isCatalogued(nameOrPath) && (existsSync(nameOrPath) || looksLikePath(nameOrPath));
  return isLocal ? loadLocal(nameOrPath, options.signal) : loadBackbone(nameOrPath, { source, ...options });
};

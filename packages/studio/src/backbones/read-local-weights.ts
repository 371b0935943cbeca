import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { readLocalFile } from './local-file.js';

/** Files of a model by their names; more than one for a tfjs model with its weights beside it. */
export interface LocalWeights {
  /** The name that the model is known by. */
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const modelFile = 'model.json';

const weightFile = /\.(h5|hdf5|keras|pt|pth|safetensors|tflite|zip)$/i;

/** The paths of weights that a tfjs model names; only those that stay in its folder. */
const weightPaths = (model: Uint8Array): string[] => {
  try {
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(model)) as {
      weightsManifest?: { paths?: unknown[] }[];
    };
    return (weightsManifest ?? [])
      .flatMap(({ paths }) => paths ?? [])
      .filter(
        (path): path is string => typeof path === 'string' && !/(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(path),
      );
  } catch {
    return [];
  }
};

const readIfThere = (path: string): Promise<Uint8Array | undefined> =>
  readLocalFile(path).catch(() => undefined);

/** A tfjs model, the weights that it names and the metadata that Teachable Machine adds. */
const readTfjsModel = async (folder: string, name: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const model = await readLocalFile(join(folder, name));
  const files = new Map([[name, model]]);
  for (const path of [...weightPaths(model), 'metadata.json']) {
    const bytes = await readIfThere(join(folder, path));
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
};

const readFolder = async (folder: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const names = await readdir(folder);
  if (names.includes(modelFile)) return readTfjsModel(folder, modelFile);
  const candidates = names.filter((name) => weightFile.test(name));
  if (candidates.length === 1) {
    return new Map([[candidates[0]!, await readLocalFile(join(folder, candidates[0]!))]]);
  }
  throw new RegraftError({
    code: 'weights-unreadable',
    message: `A model folder must hold ${modelFile} or one weight file. Received: ${folder} with ${candidates.length === 0 ? 'neither' : candidates.join(', ')}`,
    hint: 'Give the path of the file itself.',
    details: { folder, candidates },
  });
};

/** Reads a model from a file, or from a folder that holds one. */
export const readLocalWeights = async (path: string): Promise<LocalWeights> => {
  const name = basename(path);
  const isFolder = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (isFolder) return { name, files: await readFolder(path) };
  if (name.endsWith('.json')) return { name, files: await readTfjsModel(dirname(path), name) };
  return { name, files: new Map([[name, await readLocalFile(path)]]) };
};

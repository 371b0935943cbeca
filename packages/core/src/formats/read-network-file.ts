import { detectFormat, type FileFormat } from './detect-format.js';
import { unreadable, unsupported } from './format-errors.js';
import { readKerasH5File } from './keras-h5/keras-h5-file.js';
import { networkOfKerasH5 } from './keras-h5/read-keras-h5.js';
import { weightsOfKerasH5 } from './keras-h5/read-keras-weights.js';
import { listSome } from './list-some.js';
import { readPytorchStateDict } from './pytorch/read-pytorch-state-dict.js';
import type { ReadNetwork } from './read-network.js';
import { readSafetensors } from './safetensors/read-safetensors.js';
import type { StateDict } from './state-dict.js';
import { readTeachableMachine } from './teachable-machine/read-teachable-machine.js';
import { readTfjsLayersFiles } from './tfjs-layers/read-tfjs-layers-files.js';
import { readTflite, type TfliteOptions } from './tflite/read-tflite.js';
import { unzipFiles } from './unzip-files.js';

type Files = ReadonlyMap<string, Uint8Array>;

/** A whole network, or weights that need a family to become one. */
export type ReadNetworkFile =
  | ({ readonly kind: 'network' } & ReadNetwork)
  | { readonly kind: 'state-dict'; readonly weights: StateDict };

const known =
  'Known: tfjs layers models (model.json with its weights), Teachable Machine exports, Keras .h5, TensorFlow Lite, PyTorch .pth and .safetensors.';

const network = (read: ReadNetwork): ReadNetworkFile => ({ kind: 'network', ...read });

const readH5 = async (bytes: Uint8Array): Promise<ReadNetworkFile> => {
  const file = await readKerasH5File(bytes);
  return file.config === undefined
    ? { kind: 'state-dict', weights: weightsOfKerasH5(file) }
    : network(networkOfKerasH5(file));
};

/** Formats that are one file. */
const fileReaders: Partial<
  Record<
    FileFormat,
    (bytes: Uint8Array, options: TfliteOptions) => ReadNetworkFile | Promise<ReadNetworkFile>
  >
> = {
  'keras-3': () => {
    throw unsupported(
      'A Keras file must be an .h5 file. Received: a .keras archive',
      "Save the model again with model.save('model.h5').",
    );
  },
  'keras-h5': readH5,
  pytorch: (bytes) => ({ kind: 'state-dict', weights: readPytorchStateDict(bytes) }),
  safetensors: (bytes) => ({ kind: 'state-dict', weights: readSafetensors(bytes) }),
  tflite: (bytes, options) => network(readTflite(bytes, options)),
};

const isHidden = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

const mentions = (json: Uint8Array, key: string): boolean =>
  new TextDecoder().decode(json).includes(`"${key}"`);

const isMetadata = (name: string): boolean => name === 'metadata.json' || name.endsWith('/metadata.json');

const one = (found: readonly string[], what: string): string | undefined => {
  if (found.length < 2) return found[0];
  throw unsupported(
    `A folder must hold one ${what}. Received: ${listSome(found, 5)}`,
    'Name the one you mean.',
  );
};

const readFolder = async (files: Files, options: TfliteOptions): Promise<ReadNetworkFile> => {
  const formats = new Map([...files].map(([name, bytes]) => [name, detectFormat(bytes)]));
  const namesOf = (isWanted: (format: FileFormat | undefined) => boolean): string[] =>
    [...formats].filter(([, format]) => isWanted(format)).map(([name]) => name);
  const jsonNames = namesOf((format) => format === 'json');
  const modelJson = one(
    jsonNames.filter((name) => mentions(files.get(name)!, 'modelTopology')),
    'tfjs model',
  );
  if (modelJson !== undefined) {
    return network(
      jsonNames.some((name) => isMetadata(name) && mentions(files.get(name)!, 'labels'))
        ? readTeachableMachine(files)
        : readTfjsLayersFiles(files, modelJson),
    );
  }
  const weights = one(
    namesOf((format) => format !== undefined && format in fileReaders),
    'file of weights',
  );
  if (weights !== undefined) return fileReaders[formats.get(weights)!]!(files.get(weights)!, options);
  throw unsupported(
    `A model must be in a format that is known. Received: ${listSome([...files.keys()], 5)}`,
    known,
  );
};

const visible = (files: Files): Files => new Map([...files].filter(([name]) => !isHidden(name)));

/**
 * Reads a model from its files by name: one file, those of a folder, or a zip of one. Which format it is, their
 * content says. Weights without an architecture come as a state dict, for a family to fill itself with. Throws
 * `weights-unsupported` for what no reader knows, `weights-unreadable` for broken files, `weights-unsafe` for
 * zips and pickles that try something.
 *
 * @example
 * const read = await readNetworkFile(new Map([['model.tflite', bytes]]));
 * if (read.kind === 'network') use(read.network);
 */
export const readNetworkFile = async (
  files: Files,
  options: TfliteOptions = {},
): Promise<ReadNetworkFile> => {
  const [only] = files.size === 1 ? files.values() : [];
  const isZip = only !== undefined && detectFormat(only) === 'zip';
  const unpacked = visible(isZip ? unzipFiles(only) : files);
  if (unpacked.size === 0) throw unreadable('A model must be made of files. Received: none');
  return readFolder(unpacked, options);
};

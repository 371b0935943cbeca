import { z } from 'zod';
import { inferShapes } from '../../network/infer-shapes.js';
import type { Network } from '../../network/network.js';
import { formatShape } from '../../network/network-error.js';
import type { Preprocessing } from '../../preprocessing/preprocessing.js';
import { mismatched, unreadable, unsupported } from '../format-errors.js';
import { listSome } from '../list-some.js';
import { parseJson } from '../parse-json.js';
import type { ReadNetwork } from '../read-network.js';
import { readTfjsLayersFiles } from '../tfjs-layers/read-tfjs-layers-files.js';

const metadataSchema = z.object({
  packageName: z.string().default('@teachablemachine/image'),
  labels: z.array(z.string()).min(1),
});

const fileNamed = (files: ReadonlyMap<string, Uint8Array>, name: string): string | undefined =>
  [...files.keys()]
    .filter((path) => path === name || path.endsWith(`/${name}`))
    .filter((path) => !path.includes('__MACOSX/'))
    .sort((a, b) => a.length - b.length)[0];

const requireFile = (files: ReadonlyMap<string, Uint8Array>, name: string): string => {
  const path = fileNamed(files, name);
  if (path !== undefined) return path;
  throw unreadable(
    `A Teachable Machine export must hold ${name}. Received: ${listSome([...files.keys()], 8)}`,
  );
};

const readMetadata = (bytes: Uint8Array, name: string): z.infer<typeof metadataSchema> => {
  const parsed = metadataSchema.safeParse(parseJson(bytes, name));
  if (!parsed.success) {
    throw unreadable(`${name} must list labels. Received: ${parsed.error.issues[0]!.message}`);
  }
  if (parsed.data.packageName.endsWith('/image')) return parsed.data;
  throw unsupported(
    `A Teachable Machine model must be an image model. Received: ${parsed.data.packageName}`,
    'Export an image project as a TensorFlow.js model.',
  );
};

/** The square middle of the image at the network's size, and `pixel / 127 - 1`, as its own library does it. */
const preprocessingOf = ({ nodes }: Network): Preprocessing => {
  const shape = nodes.find((node) => node.op === 'input')?.shape ?? [];
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels !== 3) {
    throw unsupported(
      `A Teachable Machine model must take RGB images. Received: input shape ${formatShape(shape)}`,
      'Export a standard image model, not one for grey images.',
    );
  }
  return {
    size: [height, width],
    fit: 'cover',
    interpolation: 'linear',
    mean: [127, 127, 127],
    deviation: [127, 127, 127],
  };
};

/**
 * Reads a Teachable Machine image export (TensorFlow.js): model.json, its weights and metadata.json, from a
 * folder or an unpacked zip, whatever folder they stand in. Labels come in the order of the outputs.
 * Throws `weights-unreadable` naming a missing file, `weights-unsupported` for sound, pose and grey-image models.
 *
 * @example readTeachableMachine(unzipFiles(bytes)).labels; // ['ants', 'bees']
 */
export const readTeachableMachine = (files: ReadonlyMap<string, Uint8Array>): ReadNetwork => {
  const metadataName = requireFile(files, 'metadata.json');
  const { labels } = readMetadata(files.get(metadataName)!, metadataName);
  const { network, warnings } = readTfjsLayersFiles(files, requireFile(files, 'model.json'));
  const outputs = inferShapes(network).get(network.output)!.at(-1);
  if (outputs !== labels.length) {
    throw mismatched(
      `metadata.json must have a label for each of the model's ${outputs} outputs. Received: ${labels.length}`,
    );
  }
  return { network, labels, preprocessing: preprocessingOf(network), warnings };
};

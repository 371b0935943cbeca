import type { Weight } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { mismatched, unreadable, unsupported } from '../format-errors.js';
import { halfToFloat } from '../half-to-float.js';
import { type KerasWeight, plainWeightName } from '../keras/keras-weights.js';
import type { WeightEntry } from './model-json.js';

type Decode = (bytes: Uint8Array, entry: WeightEntry) => Float32Array;

interface Encoding {
  readonly bytesPerValue: number;
  readonly decode: Decode;
}

/** A copy that starts at a multiple of every value's size; `slice` of a Node Buffer would be a view. */
const aligned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** `value * scale + min`, the affine quantisation of the tfjs converter. */
const scaled = (values: Iterable<number>, { quantization }: WeightEntry): Float32Array => {
  const { scale = 1, min = 0 } = quantization!;
  return Float32Array.from(values, (value) => value * scale + min);
};

const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['float32', { bytesPerValue: 4, decode: (bytes) => new Float32Array(aligned(bytes)) }],
  ['int32', { bytesPerValue: 4, decode: (bytes) => Float32Array.from(new Int32Array(aligned(bytes))) }],
  ['bool', { bytesPerValue: 1, decode: (bytes) => Float32Array.from(bytes) }],
  ['float16 quantised', { bytesPerValue: 2, decode: halfToFloat }],
  ['uint8 quantised', { bytesPerValue: 1, decode: scaled }],
  [
    'uint16 quantised',
    { bytesPerValue: 2, decode: (bytes, entry) => scaled(new Uint16Array(aligned(bytes)), entry) },
  ],
] satisfies [string, Encoding][]);

const encodingOf = (entry: WeightEntry): Encoding => {
  const key = entry.quantization === undefined ? entry.dtype : `${entry.quantization.dtype} quantised`;
  const encoding = encodings.get(key);
  if (encoding !== undefined) return encoding;
  throw unsupported(
    `Weights must be of type ${[...encodings.keys()].join(', ')}. Received: ${key} for "${entry.name}"`,
    'Convert the model again with float32 weights.',
  );
};

/**
 * Cuts the concatenated shards of a manifest into named float32 weights.
 * Throws `weights-unreadable` when bytes are missing, `weights-mismatch` when some are left over.
 */
export const decodeWeights = (entries: readonly WeightEntry[], data: Uint8Array): KerasWeight[] => {
  let offset = 0;
  const weights = entries.map((entry): KerasWeight => {
    const { bytesPerValue, decode } = encodingOf(entry);
    const end = offset + sizeOf(entry.shape) * bytesPerValue;
    if (end > data.length) {
      throw unreadable(
        `The weights of "${entry.name}" must end at byte ${end}. Received: ${data.length} bytes of weights`,
      );
    }
    const weight: Weight = { shape: entry.shape, data: decode(data.subarray(offset, end), entry) };
    offset = end;
    return { name: plainWeightName(entry.name), weight };
  });
  if (offset !== data.length) {
    throw mismatched(
      `The weights listed in model.json take ${offset} bytes. Received: ${data.length} bytes of weights`,
    );
  }
  return weights;
};

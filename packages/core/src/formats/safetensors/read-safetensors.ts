import type { Weight } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { type ElementType, elementCodecs } from '../element-type.js';
import { unreadable, unsupported } from '../format-errors.js';
import { type StateDict, unwrapNames } from '../state-dict.js';
import { readSafetensorsHeader, type TensorEntry } from './safetensors-header.js';

const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I64', 'int64'],
  ['U64', 'uint64'],
  ['I32', 'int32'],
  ['U32', 'uint32'],
  ['I16', 'int16'],
  ['U16', 'uint16'],
  ['I8', 'int8'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
]);

/** The format leaves no gap and no overlap, so together the tensors are as large as the file. */
const requireTiling = (entries: readonly [string, TensorEntry][], size: number): void => {
  let end = 0;
  const ordered = entries.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [name, { data_offsets }] of ordered) {
    if (data_offsets[0] !== end || data_offsets[1] < end) {
      throw unreadable(
        `Tensors must follow each other without a gap. Received: "${name}" at ${data_offsets[0]}`,
      );
    }
    end = data_offsets[1];
  }
  if (end !== size) {
    throw unreadable(`A safetensors file must hold ${end} bytes of tensors. Received: ${size}`);
  }
};

const readEntry = (name: string, { dtype, shape, data_offsets }: TensorEntry, data: Uint8Array): Weight => {
  const type = elementTypes.get(dtype);
  if (type === undefined) {
    throw unsupported(
      `Weights must be one of ${[...elementTypes.keys()].join(', ')}. Received: ${dtype} for "${name}"`,
      'Save the weights as F32.',
    );
  }
  const bytes = data.subarray(...data_offsets);
  if (sizeOf(shape) * elementCodecs[type].size !== bytes.length) {
    throw unreadable(
      `A tensor's bytes must fill its shape. Received: ${bytes.length} bytes of ${dtype} for [${shape.join(', ')}] of "${name}"`,
    );
  }
  return { shape, data: elementCodecs[type].decode(bytes) };
};

/**
 * Reads the weights in a `.safetensors` file as float32, in their origin's layout; DataParallel's `module.` is taken
 * off. A file whose header or offsets don't add up is `weights-unreadable`, an element type that is no plain float or
 * integer `weights-unsupported`. Format: huggingface/safetensors.
 *
 * @example const stateDict = readSafetensors(bytes); // Map { 'conv1.weight' => { shape: [32, 3, 3, 3], ... } }
 */
export const readSafetensors = (bytes: Uint8Array): StateDict => {
  const { entries, data } = readSafetensorsHeader(bytes);
  requireTiling(entries, data.length);
  return unwrapNames(new Map(entries.map(([name, entry]) => [name, readEntry(name, entry, data)])));
};

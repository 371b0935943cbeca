import type { Weight } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { elementCodecs } from '../element-type.js';
import { unreadable } from '../format-errors.js';
import type { PickledTensor } from './pickle-value.js';

const isContiguous = ({ shape, strides }: PickledTensor): boolean => {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
};

/** Elements that a tensor refers to must lie in its storage, and be no more than the storage has. */
const requireWithin = ({ storage, offset, shape, strides }: PickledTensor, bytes: Uint8Array): void => {
  const { size } = elementCodecs[storage.type];
  const last = shape.reduce((index, length, axis) => index + (length - 1) * strides[axis]!, offset);
  const elements = sizeOf(shape);
  const fits = elements === 0 || (last < storage.count && elements <= storage.count);
  if (!fits || (storage.start + storage.count) * size > bytes.length) {
    throw unreadable(
      `A tensor must lie within its storage. Received: shape [${shape.join(', ')}] in ${bytes.length} bytes`,
    );
  }
};

/** The bytes of a strided tensor's elements in row-major order. */
const gather = ({ storage, offset, shape, strides }: PickledTensor, bytes: Uint8Array): Uint8Array => {
  const { size } = elementCodecs[storage.type];
  const gathered = new Uint8Array(sizeOf(shape) * size);
  const position = shape.map(() => 0);
  let source = storage.start + offset;
  for (let target = 0; target < gathered.length; target += size) {
    for (let byte = 0; byte < size; byte++) gathered[target + byte] = bytes[source * size + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      position[axis]!++;
      if (position[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
  return gathered;
};

/** A tensor's values as contiguous float32, out of the bytes of the storage that it views. */
export const readTensor = (tensor: PickledTensor, bytes: Uint8Array): Weight => {
  requireWithin(tensor, bytes);
  const { storage, offset, shape } = tensor;
  const { size, decode } = elementCodecs[storage.type];
  const start = (storage.start + offset) * size;
  const elements = isContiguous(tensor)
    ? bytes.subarray(start, start + sizeOf(shape) * size)
    : gather(tensor, bytes);
  return { shape, data: decode(elements) };
};

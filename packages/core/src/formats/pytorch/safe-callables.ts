import { RegraftError } from '@regraft/errors';
import type { ElementType } from '../element-type.js';
import { unreadable, unsupported } from '../format-errors.js';
import {
  isStorage,
  isTensor,
  type PickledGlobal,
  type PickledTensor,
  type PickleMap,
  type PickleValue,
} from './pickle-value.js';

const storageTypes: ReadonlyMap<string, ElementType> = new Map([
  ['torch.DoubleStorage', 'float64'],
  ['torch.FloatStorage', 'float32'],
  ['torch.HalfStorage', 'float16'],
  ['torch.BFloat16Storage', 'bfloat16'],
  ['torch.LongStorage', 'int64'],
  ['torch.IntStorage', 'int32'],
  ['torch.ShortStorage', 'int16'],
  ['torch.CharStorage', 'int8'],
  ['torch.ByteStorage', 'uint8'],
  ['torch.BoolStorage', 'bool'],
]);

const isCount = (value: PickleValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isCounts = (value: PickleValue | undefined): value is number[] =>
  Array.isArray(value) && value.every(isCount);

const rebuildTensor = ([storage, offset, shape, strides]: readonly PickleValue[]): PickledTensor => {
  if (!isStorage(storage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides)) {
    throw unreadable(
      'A pickled tensor must have a storage, an offset, a shape and strides. Received: others',
    );
  }
  if (shape.length !== strides.length) {
    throw unreadable(
      `A pickled tensor must have a stride for each dimension. Received: ${shape.length} dimensions, ${strides.length} strides`,
    );
  }
  return { kind: 'tensor', storage, offset, shape, strides };
};

const rebuildParameter = ([data]: readonly PickleValue[]): PickledTensor => {
  if (!isTensor(data)) throw unreadable('A pickled parameter must hold a tensor. Received: something else');
  return data;
};

const orderedDict = ([pairs = []]: readonly PickleValue[]): PickleMap => {
  const isPair = (pair: PickleValue): pair is [PickleValue, PickleValue] =>
    Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(pairs) || !pairs.every(isPair)) {
    throw unreadable('A pickled OrderedDict must be made of pairs. Received: something else');
  }
  return new Map(pairs);
};

const callables: ReadonlyMap<string, (values: readonly PickleValue[]) => PickleValue> = new Map<
  string,
  (values: readonly PickleValue[]) => PickleValue
>([
  ['collections.OrderedDict', orderedDict],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', rebuildParameter],
]);

/** A pickle that names or calls anything but what tensors and containers are made with. */
export const unsafe = (callable: string): RegraftError =>
  new RegraftError({
    code: 'weights-unsafe',
    message: `A weight file may hold tensors and containers only. Received: a pickle that calls ${callable}; nothing of it was run`,
    hint: 'If you trust whoever made it, load it in PyTorch and save its weights alone: torch.save(model.state_dict(), "weights.pth").',
    details: { callable },
  });

/** Admits a name from the closed list; any other is `weights-unsafe`. */
export const admitGlobal = (module: string, name: string): PickledGlobal => {
  const full = `${module}.${name}`;
  if (!callables.has(full) && !storageTypes.has(full)) {
    if (/^torch\.\w+Storage$/.test(full)) {
      throw unsupported(
        `Weights must be floats or integers. Received: ${full}`,
        'Save the weights as float32.',
      );
    }
    throw unsafe(full);
  }
  return { kind: 'global', name: full };
};

/** What a call of an admitted name makes; storages can be named but not called. */
export const applyGlobal = ({ name }: PickledGlobal, values: readonly PickleValue[]): PickleValue => {
  const callable = callables.get(name);
  if (callable === undefined) throw unsafe(name);
  return callable(values);
};

/** The element type of a storage class; anything else is `weights-unreadable`. */
export const storageType = ({ name }: PickledGlobal): ElementType => {
  const type = storageTypes.get(name);
  if (type === undefined) throw unreadable(`A pickled storage must be of a storage class. Received: ${name}`);
  return type;
};

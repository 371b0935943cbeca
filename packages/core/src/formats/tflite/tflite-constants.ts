import type { RegraftError } from '@regraft/errors';
import type { Weight } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { unreadable, unsupported } from '../format-errors.js';
import { halfToFloat } from '../half-to-float.js';
import { listSome } from '../list-some.js';
import type { TfliteGraph, TfliteTensor } from './tflite-graph.js';

/** The refusal of a tensor that holds neither float32 nor float16. */
export const quantisedTensor = (tensor: TfliteTensor): RegraftError =>
  unsupported(
    `A TFLite model must hold float32 or float16 values. Received: ${tensor.type} for "${tensor.name}", a quantised model`,
    'Export the model again without quantisation, or with float16 only.',
    { tensor: tensor.name, type: tensor.type },
  );

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2, int32: 4 };

/** A tensor's shape; throws where the file gives it no fixed one. */
export const fixedShape = ({ name, shape }: TfliteTensor): readonly number[] => {
  if (shape.every((length) => length > 0)) return shape;
  throw unreadable(`Tensor "${name}" must have a fixed shape. Received: [${listSome(shape.map(String), 8)}]`);
};

const wholeData = (tensor: TfliteTensor): Uint8Array => {
  const size = bytesPerValue[tensor.type];
  if (size === undefined) throw quantisedTensor(tensor);
  const expected = sizeOf(fixedShape(tensor)) * size;
  if (tensor.data.length === expected) return tensor.data;
  throw unreadable(`Tensor "${tensor.name}" must have ${expected} bytes. Received: ${tensor.data.length}`);
};

/** A constant's values as float32. */
export const decodeFloats = (tensor: TfliteTensor): Weight => {
  if (tensor.type === 'int32') throw quantisedTensor(tensor);
  const data = wholeData(tensor);
  const values =
    tensor.type === 'float16' ? halfToFloat(data) : new Float32Array(new Uint8Array(data).buffer);
  return { shape: tensor.shape, data: values };
};

/** A constant's values as integers; undefined where it holds another type. */
export const decodeIntegers = (tensor: TfliteTensor): readonly number[] | undefined =>
  tensor.type === 'int32' ? [...new Int32Array(new Uint8Array(wholeData(tensor)).buffer)] : undefined;

/** Finds the constant behind a tensor, through the DEQUANTIZE that widens float16; undefined for computed ones. */
export const constantFinder = ({ operators, tensors }: TfliteGraph) => {
  const sources = new Map(
    operators
      .filter(({ code }) => code === 'DEQUANTIZE')
      .map(({ inputs, outputs }) => [outputs[0]!, inputs[0]!]),
  );
  return (index: number | undefined): TfliteTensor | undefined => {
    if (index === undefined || index === -1) return undefined;
    const tensor = tensors[sources.get(index) ?? index];
    return tensor !== undefined && tensor.data.length > 0 ? tensor : undefined;
  };
};

import onnxProto from 'onnx-proto';
import type { Shape } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';

const { onnx } = onnxProto;

/** ONNX operator set 13: the oldest one with every op we write, so that old runtimes read it too. */
const operatorSet = 13;
const irVersion = 7;

type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** Collects ONNX nodes and constants; values are named by strings. */
export interface OnnxGraph {
  /** Adds an operator with one output and gives the output's name. */
  add(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    output?: string,
  ): string;
  floats(values: Float32Array, shape: Shape): string;
  integers(values: readonly number[]): string;
  /** The model as protobuf bytes; input and output are `[N, ...shape]` float32. */
  finish(
    name: string,
    input: { name: string; shape: Shape },
    output: { name: string; shape: Shape },
  ): Uint8Array;
}

const toAttribute = (name: string, value: OnnxAttribute) => {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
};

const toValueInfo = ({ name, shape }: { name: string; shape: Shape }) => ({
  name,
  type: {
    tensorType: {
      elemType: onnx.TensorProto.DataType.FLOAT,
      shape: { dim: [{ dimParam: 'N' }, ...shape.map((dimValue) => ({ dimValue }))] },
    },
  },
});

/** An empty graph. Values are written as little-endian bytes, which is also how every JavaScript engine we know holds them. */
export const createOnnxGraph = (): OnnxGraph => {
  const nodes: onnxProto.onnx.INodeProto[] = [];
  const constants: onnxProto.onnx.ITensorProto[] = [];
  const nextName = (): string => `value${nodes.length + constants.length}`;
  const constant = (dataType: number, dims: readonly number[], bytes: ArrayBufferView): string => {
    const name = nextName();
    const rawData = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    constants.push({ name, dataType, dims: [...dims], rawData });
    return name;
  };
  return {
    add: (opType, input, attributes = {}, output = nextName()) => {
      const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
      nodes.push({ opType, name: output, input: [...input], output: [output], attribute });
      return output;
    },
    floats: (values, shape) =>
      constant(onnx.TensorProto.DataType.FLOAT, shape, values.subarray(0, sizeOf(shape))),
    integers: (values) =>
      constant(onnx.TensorProto.DataType.INT64, [values.length], BigInt64Array.from(values, BigInt)),
    finish: (name, input, output) => {
      const model = onnx.ModelProto.create({
        irVersion,
        producerName: 'regraft',
        opsetImport: [{ domain: '', version: operatorSet }],
        graph: {
          name,
          node: nodes,
          initializer: constants,
          input: [toValueInfo(input)],
          output: [toValueInfo(output)],
        },
      });
      return onnx.ModelProto.encode(model).finish();
    },
  };
};

import type { NativeBinding, OpAttribute, TensorHandle } from '../native-backend.js';
import type { RecordedConstant, Recording } from './recording.js';
import type { AttributeValue, GraphNode, TensorContent, TensorShape } from './saved-model.js';

export interface GraphDefinition {
  readonly nodes: readonly GraphNode[];
  /** Handles of tensors that the function reads and that were there before it ran, without its inputs. */
  readonly captured: readonly number[];
  /** `node:output` of each input, then of each captured tensor. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const toShape = (shape: readonly number[]): TensorShape => ({ dim: shape.map((size) => ({ size })) });

const toBytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const toAttribute = (binding: NativeBinding, { name, type, value }: OpAttribute): AttributeValue => {
  const isList = Array.isArray(value);
  switch (type) {
    case binding.TF_ATTR_STRING:
      return { s: new TextEncoder().encode(value as string) };
    case binding.TF_ATTR_INT:
      return isList ? { list: { i: value as number[] } } : { i: value as number };
    case binding.TF_ATTR_FLOAT:
      return isList ? { list: { f: value as number[] } } : { f: value as number };
    case binding.TF_ATTR_BOOL:
      return isList ? { list: { b: value as boolean[] } } : { b: value as boolean };
    case binding.TF_ATTR_TYPE:
      return { type: value as number };
    case binding.TF_ATTR_SHAPE:
      return { shape: toShape(value as number[]) };
    default:
      throw new Error(`A compiled op must have attributes that a graph can hold. Received: ${name}`);
  }
};

/** TensorFlow repeats the last number that it is told: the ones of a sum's gradient are as many as what was summed. */
const toContent = (values: ArrayBufferView): Pick<TensorContent, 'tensorContent' | 'floatVal'> => {
  const [first] = values instanceof Float32Array ? values : [];
  const isUniform = first !== undefined && (values as Float32Array).every((value) => Object.is(value, first));
  return isUniform ? { floatVal: [first] } : { tensorContent: toBytes(values) };
};

const constantNode = (name: string, { shape, dtype, values }: RecordedConstant): GraphNode => ({
  name,
  op: 'Const',
  attr: {
    dtype: { type: dtype },
    value: { tensor: { dtype, tensorShape: toShape(shape), ...toContent(values) } },
  },
});

const feedNode = (name: string, { shape, dtype }: TensorHandle): GraphNode => ({
  name,
  op: 'Placeholder',
  attr: { dtype: { type: dtype }, shape: { shape: toShape(shape) } },
});

/** What was recorded as a graph: tensors from JavaScript are constants, those that were there before are fed. */
export const defineGraph = (
  binding: NativeBinding,
  { ops, constants, taken }: Recording,
  inputs: readonly TensorHandle[],
  results: readonly number[],
): GraphDefinition => {
  const nodes = inputs.map((input, index) => feedNode(`input${index}`, input));
  const names = new Map(inputs.map(({ id }, index) => [id, `input${index}:0`]));
  const captured: number[] = [];
  const made = new Set<number>();
  for (const [position, op] of ops.entries()) {
    for (const [index, { id }] of op.outputs.entries()) {
      made.add(id);
      names.set(id, `op${position}:${index}`);
    }
  }
  const declare = (id: number): string => {
    const constant = constants.get(id);
    const name = constant === undefined ? `captured${captured.push(id)}` : `constant${id}`;
    nodes.push(constant === undefined ? feedNode(name, taken.get(id)!) : constantNode(name, constant));
    names.set(id, `${name}:0`);
    return `${name}:0`;
  };
  const nameOf = (id: number): string => names.get(id) ?? declare(id);
  for (const [position, op] of ops.entries()) {
    const attributes = op.attributes.map((attribute) => [attribute.name, toAttribute(binding, attribute)]);
    nodes.push({
      name: `op${position}`,
      op: op.name,
      input: op.inputs.map(nameOf),
      attr: Object.fromEntries(attributes) as GraphNode['attr'],
    });
  }
  const giveBack = (id: number, index: number): string => {
    const name = `output${index}`;
    const { dtype } = taken.get(id)!;
    nodes.push({ name, op: 'Identity', input: [nameOf(id)], attr: { T: { type: dtype } } });
    return `${name}:0`;
  };
  // TensorFlow gives nothing back that it was fed.
  const outputs = results.map((id, index) => (made.has(id) ? nameOf(id) : giveBack(id, index)));
  const fed = nodes.filter(({ op }) => op === 'Placeholder').map(({ name }) => `${name}:0`);
  return { nodes, captured, inputs: fed, outputs };
};

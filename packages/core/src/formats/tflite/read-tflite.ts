import { nearestNames } from '@regraft/errors';
import { unreadable, unsupported } from '../format-errors.js';
import { listSome } from '../list-some.js';
import { draftNetwork } from '../network-draft.js';
import type { ReadNetwork } from '../read-network.js';
import { readFlatbuffer } from './flatbuffer.js';
import { startConversion } from './operator-context.js';
import { operatorTable } from './operators.js';
import { readTfliteGraph, type TfliteGraph } from './tflite-graph.js';

export interface TfliteOptions {
  /** The tensor that becomes the network's output: its name, or the part of its name before the first `;`. */
  readonly output?: string;
}

const leadName = (name: string): string => name.split(';')[0]!;

/** Tensors an operator makes, the last ones first: what `output` can name. */
const madeTensors = ({ operators, tensors }: TfliteGraph): { index: number; name: string }[] =>
  operators
    .filter(({ code }) => code !== 'DEQUANTIZE')
    .flatMap(({ outputs }) => outputs)
    .flatMap((index) => (tensors[index] === undefined ? [] : [{ index, name: tensors[index].name }]))
    .reverse();

const chooseOutput = (graph: TfliteGraph, wanted: string | undefined): number => {
  const made = madeTensors(graph);
  if (wanted === undefined) {
    if (graph.outputs.length === 1) return graph.outputs[0]!;
    const candidates = made.map(({ name }) => leadName(name));
    throw unsupported(
      `A TFLite model of several outputs needs the name of one. Received: ${graph.outputs.length} outputs`,
      `Name one as output, or a tensor before them: ${listSome(candidates, 12)}`,
      { candidates },
    );
  }
  const found =
    made.find(({ name }) => name === wanted) ?? made.find(({ name }) => leadName(name) === wanted);
  if (found !== undefined) return found.index;
  const names = made.map(({ name }) => leadName(name));
  const nearest = nearestNames(wanted, names);
  throw unsupported(
    `The output must be a tensor of the model. Received: "${wanted}"`,
    `Did you mean ${(nearest.length > 0 ? nearest : names.slice(0, 3)).join(', ')}?`,
    { candidates: names },
  );
};

/** Operators the tensor depends on, in the order they run. */
const operatorsBefore = ({ operators }: TfliteGraph, output: number): TfliteGraph['operators'] => {
  const needed = new Set([output]);
  const kept = operators.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((index) => needed.has(index))) return false;
    for (const index of inputs) needed.add(index);
    return true;
  });
  return kept.reverse();
};

const convert = (graph: TfliteGraph, output: number): ReadNetwork => {
  const draft = draftNetwork(leadName(graph.tensors[output]?.name ?? 'tflite'));
  const { contextOf, isConstant, nameOf, nodeOf, requireFloats, setValue, shapeOf } = startConversion(
    graph,
    draft,
  );
  const operators = operatorsBefore(graph, output);
  const read = new Set(operators.flatMap(({ inputs }) => inputs));
  const inputs = graph.inputs.filter((index) => read.has(index));
  if (inputs.length !== 1) {
    throw unsupported(
      `A network has one input. Received: ${inputs.length} for output "${nameOf(output)}"`,
      'Choose an output that depends on the image only.',
    );
  }
  const [input] = inputs;
  for (const index of [input!, ...operators.flatMap(({ outputs }) => outputs)]) requireFloats(index);
  setValue(input!, draft.add({ op: 'input', name: nameOf(input!), inputs: [], shape: shapeOf(input!) }));
  for (const operator of operators) {
    if (operator.outputs.every(isConstant)) continue;
    const context = contextOf(operator);
    if (!Object.hasOwn(operatorTable, operator.code)) {
      throw unsupported(
        `Operator ${operator.code} of "${context.name}": a network has no such op.`,
        `Known operators: ${Object.keys(operatorTable).join(', ')}. Choose an output before it.`,
        { operator: operator.code, tensor: context.name, known: Object.keys(operatorTable) },
      );
    }
    setValue(operator.outputs[0]!, operatorTable[operator.code]!(context));
  }
  return { network: draft.finish(nodeOf(output)), warnings: [] };
};

/**
 * Reads a TensorFlow Lite model with float32 or float16 constants; fused activations become nodes, kernels
 * take our layouts, and only what the output depends on is kept. Throws `weights-unsupported` for quantised
 * models, unknown operators and a missing choice among several outputs, `weights-unreadable` for broken files.
 *
 * @example readTflite(bytes, { output: 'FeatureExtractor/MobilenetV2/Conv_1/Relu6' }).network;
 */
export const readTflite = (bytes: Uint8Array, { output }: TfliteOptions = {}): ReadNetwork => {
  if (new TextDecoder('latin1').decode(bytes.subarray(4, 8)) !== 'TFL3') {
    throw unreadable('A TFLite file must carry the mark TFL3 at byte 4. Received: another mark');
  }
  return readFlatbuffer(bytes, 'TFLite', (model) => {
    const graph = readTfliteGraph(model);
    return convert(graph, chooseOutput(graph, output));
  });
};

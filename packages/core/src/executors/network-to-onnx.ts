import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { foldZeroPad } from '../network/fold-zero-pad.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { callOp } from '../network/op-table.js';
import { validateNetwork } from '../network/validate-network.js';
import { createOnnxGraph } from './onnx-graph.js';
import { onnxTable, toNchw, toNhwc } from './onnx-ops.js';

/**
 * A network as the bytes of an ONNX model (operator set 13), batch-norm folded. Its float32 input `input` is
 * `[N, height, width, channels]` and its output `output` `[N, ...shape]`, for any N: images are transposed at the
 * edges only, and where a flatten or reshape looks at the order of axes. Throws `weights-unsupported` naming an
 * opaque layer.
 *
 * @example
 * const session = await InferenceSession.create(networkToOnnx(trunk));
 */
export const networkToOnnx = (network: Network): Uint8Array => {
  const compiled = foldZeroPad(foldBatchNorm(network));
  validateNetwork(compiled);
  const shapes = inferShapes(compiled);
  const graph = createOnnxGraph();
  const values = new Map<string, string>();
  for (const node of compiled.nodes) {
    if (node.op === 'input') {
      values.set(node.name, node.shape.length === 3 ? toNchw(graph, 'input') : 'input');
      continue;
    }
    const inputs = node.inputs.map((name) => values.get(name)!);
    const inputShape = shapes.get(node.inputs[0]!)!;
    values.set(node.name, callOp(onnxTable, node, { graph, inputs, inputShape, weights: compiled.weights }));
  }
  const result = values.get(compiled.output)!;
  const outputShape = shapes.get(compiled.output)!;
  if (outputShape.length === 3) toNhwc(graph, result, 'output');
  else graph.add('Identity', [result], {}, 'output');
  const entry = compiled.nodes.find((node) => node.op === 'input')!;
  return graph.finish(
    network.name,
    { name: 'input', shape: entry.shape },
    { name: 'output', shape: outputShape },
  );
};

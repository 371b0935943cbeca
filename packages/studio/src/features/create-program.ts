import { type Network, networkToOnnx, type Shape } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { hasOnnxRuntime } from '../engines/onnx-runtime.js';
import type { TrunkProgram, TrunkSegment } from './worker-messages.js';

export type TrunkEngine = TrunkSegment['engine'];

const inputShapeOf = ({ nodes }: Network): Shape => nodes.find((node) => node.op === 'input')!.shape;

const createSegment = (network: Network, engine: TrunkEngine): TrunkSegment => {
  const inputShape = inputShapeOf(network);
  if (engine === 'tfjs') return { engine, network, inputShape };
  try {
    return { engine, onnx: networkToOnnx(network), inputShape };
  } catch (error) {
    if (!RegraftError.isInstance(error) || error.code !== 'weights-unsupported') throw error;
    return { engine: 'tfjs', network, inputShape };
  }
};

/**
 * Puts each segment of a chain into the form of the fastest engine that can run it: onnxruntime where its library loads
 * and the segment has no opaque layer, else tfjs.
 */
export const createProgram = (
  chain: readonly Network[],
  engine: TrunkEngine = hasOnnxRuntime() ? 'onnxruntime' : 'tfjs',
): TrunkProgram => chain.map((network) => createSegment(network, engine));

import { type Network, networkToOnnx, type Shape } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { hasOnnxRuntime } from '../engines/onnx-runtime.js';
import type { TrunkProgram } from './worker-messages.js';

export type TrunkEngine = TrunkProgram['engine'];

const inputShapeOf = ({ nodes }: Network): Shape => nodes.find((node) => node.op === 'input')!.shape;

/**
 * Puts a trunk into the form of the fastest engine that can run it: onnxruntime where its library loads and the trunk
 * has no opaque layer, else tfjs.
 */
export const createProgram = (network: Network, engine?: TrunkEngine): TrunkProgram => {
  const inputShape = inputShapeOf(network);
  if ((engine ?? (hasOnnxRuntime() ? 'onnxruntime' : 'tfjs')) === 'tfjs') {
    return { engine: 'tfjs', network, inputShape };
  }
  try {
    return { engine: 'onnxruntime', onnx: networkToOnnx(network), inputShape };
  } catch (error) {
    if (!RegraftError.isInstance(error) || error.code !== 'weights-unsupported') throw error;
    return { engine: 'tfjs', network, inputShape };
  }
};

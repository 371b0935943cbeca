import { findBlocks, networkToOnnx } from '@regraft/core';
import { trunkChain } from '@regraft/studio/models';

/** A trunk as studio runs it: segments one after the other, each as bytes with the shape that it takes. */
export const trunkSegments = (network) =>
  trunkChain({ network, blocks: findBlocks(network) }).map((segment) => ({
    onnx: networkToOnnx(segment),
    shape: segment.nodes.find(({ op }) => op === 'input').shape,
  }));

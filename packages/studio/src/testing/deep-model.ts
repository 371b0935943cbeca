import { findBlocks, graft, type Model, type Network, type NetworkNode, replaceHead } from '@regraft/core';
import { testPreprocessing } from './test-trunk.js';

const channels = 16;
const inner = 48;
const depth = 11;

/** A stem and eleven inverted residual blocks for RGB images of 32 x 32 pixels, with 16 pooled features. */
const deepNetwork = (): Network => {
  const weights = new Map<string, { shape: number[]; data: Float32Array }>();
  const nodes: NetworkNode[] = [{ op: 'input', name: 'image', inputs: [], shape: [32, 32, 3] }];
  const last = (): string => nodes.at(-1)!.name;

  const convolve = (name: string, shape: number[], { depthwise = false, stride = 1, relu = true } = {}) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const spread = Math.sqrt(3 / (shape[0]! * shape[1]! * (depthwise ? 1 : shape[2]!)));
    const seed = weights.size + 1;
    const data = Float32Array.from(
      { length: size },
      (_, index) => spread * Math.sin(seed * 12.9 + index * 78.233),
    );
    weights.set(name, { shape, data });
    nodes.push({
      op: depthwise ? 'depthwise-conv2d' : 'conv2d',
      name,
      inputs: [last()],
      kernel: name,
      strides: [stride, stride],
      dilations: [1, 1],
      padding: 'same',
    });
    if (relu) nodes.push({ op: 'activation', name: `${name}/relu`, inputs: [name], kind: 'relu6' });
  };

  convolve('stem', [3, 3, 3, channels], { stride: 2 });
  for (let block = 1; block <= depth; block++) {
    const name = `block-${block}`;
    const before = last();
    convolve(`${name}/expand`, [1, 1, channels, inner]);
    convolve(`${name}/depthwise`, [3, 3, inner, 1], { depthwise: true });
    convolve(`${name}/project`, [1, 1, inner, channels], { relu: false });
    nodes.push({ op: 'add', name: `${name}/add`, inputs: [before, last()] });
  }
  nodes.push({ op: 'global-average-pool', name: 'features', inputs: [last()], keepDims: false });
  return { name: 'deep', nodes, output: 'features', weights };
};

/** A network of many blocks with a head for two labels, its last `blocks` to be trained. */
export const deepModel = (blocks: number): Model => {
  const network = deepNetwork();
  return graft(
    {
      id: 'deep',
      sha256: 'de'.repeat(32),
      network,
      blocks: findBlocks(network),
      preprocessing: testPreprocessing,
    },
    { head: replaceHead(['circle', 'square']), freeze: { kind: 'last', count: blocks } },
  );
};

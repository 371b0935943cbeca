import { randomNumbers } from './random-numbers.mjs';

/** MobileNetV2 1.0 (Sandler et al. 2018) without classifier: [inner channels, out, repeats, stride]. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/**
 * MobileNetV2 with random weights, batch-norm as it comes, and 1280 pooled features: what it costs, not what it knows.
 *
 * @returns {import('@regraft/core').Network}
 */
export const mobilenetV2 = (side = 224) => {
  const random = randomNumbers(7);
  const nodes = [{ op: 'input', name: 'image', inputs: [], shape: [side, side, 3] }];
  const weights = new Map();
  let last = { name: 'image', channels: 3 };

  const weight = (name, shape, spread, middle = 0) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = Float32Array.from({ length: size }, () => middle + (2 * random() - 1) * spread);
    weights.set(name, { shape, data });
    return name;
  };
  const convolve = (name, channels, { side = 1, stride = 1, depthwise = false, relu = true }) => {
    const kernel = [side, side, last.channels, depthwise ? 1 : channels];
    const fanIn = side * side * (depthwise ? 1 : last.channels);
    nodes.push({
      op: depthwise ? 'depthwise-conv2d' : 'conv2d',
      name,
      inputs: [last.name],
      kernel: weight(`${name}/kernel`, kernel, Math.sqrt(6 / fanIn)),
      strides: [stride, stride],
      dilations: [1, 1],
      padding: 'same',
    });
    nodes.push({
      op: 'batch-norm',
      name: `${name}/norm`,
      inputs: [name],
      gamma: weight(`${name}/gamma`, [channels], 0.1, 1),
      beta: weight(`${name}/beta`, [channels], 0.1),
      mean: weight(`${name}/mean`, [channels], 0.1),
      variance: weight(`${name}/variance`, [channels], 0.1, 1),
      epsilon: 1e-3,
    });
    if (relu) nodes.push({ op: 'activation', name: `${name}/relu`, inputs: [`${name}/norm`], kind: 'relu6' });
    last = { name: relu ? `${name}/relu` : `${name}/norm`, channels };
  };

  convolve('stem', 32, { side: 3, stride: 2 });
  for (const [stage, [expansion, channels, repeats, firstStride]] of stages.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      const name = `block-${stage}-${repeat}`;
      const before = last;
      if (expansion > 1) convolve(`${name}/expand`, before.channels * expansion, {});
      convolve(`${name}/depthwise`, last.channels, { side: 3, stride, depthwise: true });
      convolve(`${name}/project`, channels, { relu: false });
      if (stride === 1 && before.channels === channels) {
        nodes.push({ op: 'add', name: `${name}/add`, inputs: [before.name, last.name] });
        last = { name: `${name}/add`, channels };
      }
    }
  }
  convolve('head', 1280, {});
  nodes.push({ op: 'global-average-pool', name: 'features', inputs: [last.name], keepDims: false });
  return { name: 'mobilenet-v2', nodes, output: 'features', weights };
};

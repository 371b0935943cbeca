// A stranger's first file: everything it needs must come with the packages and their types.
import {
  collectTraining,
  type EvaluationReport,
  evaluate,
  examplesFromArray,
  findBlocks,
  freezeAllButHead,
  type Graftable,
  graft,
  inferShapes,
  type LabelledExamples,
  type Model,
  type Network,
  parameterCount,
  replaceHead,
  train,
  validateNetwork,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { startEngine } from '@regraft/studio/models';

const network: Network = {
  name: 'two-by-three',
  nodes: [
    { op: 'input', name: 'input', inputs: [], shape: [2] },
    { op: 'dense', name: 'dense', inputs: ['input'], kernel: 'dense/kernel' },
  ],
  output: 'dense',
  weights: new Map([['dense/kernel', { shape: [2, 3], data: new Float32Array(6) }]]),
};

validateNetwork(network);
const shape = inferShapes(network).get('dense');
if (shape?.join() !== '3' || parameterCount(network) !== 6) throw new Error(`Received: ${shape}`);

try {
  validateNetwork({ ...network, weights: new Map() });
  throw new Error('A network without its weights must be refused.');
} catch (error) {
  if (!RegraftError.isInstance(error) || error.code !== 'network-invalid') throw error;
}

// A backbone of its own, which gives an image's mean colour: grafted, trained and evaluated.
const meanColour: Network = {
  name: 'mean-colour',
  nodes: [
    { op: 'input', name: 'image', inputs: [], shape: [2, 2, 3] },
    { op: 'global-average-pool', name: 'mean', inputs: ['image'], keepDims: false },
  ],
  output: 'mean',
  weights: new Map(),
};
const backbone: Graftable = {
  id: 'mean-colour',
  sha256: '0'.repeat(64),
  network: meanColour,
  blocks: findBlocks(meanColour),
  preprocessing: {
    size: [2, 2],
    fit: 'stretch',
    interpolation: 'linear',
    mean: [0, 0, 0],
    deviation: [255, 255, 255],
  },
};
const labels = Array.from({ length: 20 }, (_, index) => index % 2);
const images = Float32Array.from(
  { length: 20 * 12 },
  (_, at) => ((at % 3) + labels[Math.floor(at / 12)]!) % 2,
);
const data: LabelledExamples = { examples: examplesFromArray(images, [2, 2, 3]), labels };

await startEngine();
const model: Model = graft(backbone, { head: replaceHead(['violet', 'green']), freeze: freezeAllButHead() });
const result = await collectTraining(
  train(model, { training: data }, { epochs: 3, headSolver: 'gradient', learningRate: 0.5 }),
);
const report: EvaluationReport = await evaluate(result.model, data);
if (report.accuracy.value !== 1) throw new Error(`Received: accuracy ${report.accuracy.value}`);

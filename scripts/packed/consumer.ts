// A stranger's first file: everything it needs must come with the packages and their types.
import { inferShapes, type Network, parameterCount, validateNetwork } from '@regraft/core';
import { RegraftError } from '@regraft/errors';

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

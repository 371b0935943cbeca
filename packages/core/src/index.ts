export type * from './network/network.js';
export { type NodeWeight, nodeWeights } from './network/node-weights.js';
export { normalisePixels, type Preprocessing, preprocessingSchema } from './preprocessing/preprocessing.js';

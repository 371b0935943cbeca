import type { LayerMapping } from './keras-layer.js';
import { mapActivation, mapElu, mapLeakyRelu, mapRelu, mapSoftmax } from './layers/activations.js';
import { mapConv2d, mapDense, mapDepthwiseConv2d, mapSeparableConv2d } from './layers/convolutions.js';
import { mapConcatenate, mapMerge } from './layers/merges.js';
import { mapBatchNorm, mapNormalization, mapRescaling } from './layers/normalisations.js';
import { mapGlobalPool, mapPool } from './layers/pools.js';
import {
  mapDropout,
  mapFlatten,
  mapIdentity,
  mapReshape,
  mapTrainingOnly,
  mapZeroPadding,
} from './layers/shapes.js';

/** How each Keras class becomes nodes: one entry makes a class known. */
export const layerTable: Readonly<Record<string, LayerMapping>> = {
  Activation: mapActivation,
  ActivityRegularization: mapTrainingOnly,
  Add: mapMerge('add'),
  AlphaDropout: mapTrainingOnly,
  AveragePooling2D: mapPool('average-pool'),
  BatchNormalization: mapBatchNorm,
  BatchNormalizationV1: mapBatchNorm,
  Concatenate: mapConcatenate,
  Conv2D: mapConv2d,
  Dense: mapDense,
  DepthwiseConv2D: mapDepthwiseConv2d,
  Dropout: mapDropout,
  ELU: mapElu,
  Flatten: mapFlatten,
  GaussianDropout: mapTrainingOnly,
  GaussianNoise: mapTrainingOnly,
  GlobalAveragePooling2D: mapGlobalPool('global-average-pool'),
  GlobalMaxPooling2D: mapGlobalPool('global-max-pool'),
  Identity: mapIdentity,
  LeakyReLU: mapLeakyRelu,
  MaxPooling2D: mapPool('max-pool'),
  Multiply: mapMerge('multiply'),
  Normalization: mapNormalization,
  RandomBrightness: mapTrainingOnly,
  RandomContrast: mapTrainingOnly,
  RandomFlip: mapTrainingOnly,
  RandomRotation: mapTrainingOnly,
  RandomTranslation: mapTrainingOnly,
  RandomZoom: mapTrainingOnly,
  ReLU: mapRelu,
  Rescaling: mapRescaling,
  Reshape: mapReshape,
  SeparableConv2D: mapSeparableConv2d,
  Softmax: mapSoftmax,
  SpatialDropout2D: mapDropout,
  ZeroPadding2D: mapZeroPadding,
};

export {
  hardSwishGradient,
  relu6Gradient,
  reluGradient,
  swishGradient,
} from './activation-gradients';
export { batchNorm, batchNormGradient, batchNormTrain, moveStatistics } from './batch-norm';
export { repeatValues, sumNeighbours } from './channel-copies';
export { columnSums } from './column-sums';
export { convolutionFilterGradient, convolutionFilterGradientScratch } from './convolution-filter-gradient';
export { convolutionInputGradient, convolutionInputGradientScratch } from './convolution-input-gradient';
export { copyRows } from './copy-rows';
export { depthwiseConvolution } from './depthwise-convolution';
export { depthwiseFilterGradient } from './depthwise-filter-gradient';
export { depthwiseInputGradient } from './depthwise-input-gradient';
export { adamWStep, sgdMomentumStep } from './optimiser-steps';
export { pixelProduct, pixelProductScratch } from './pixel-product';
export { averagePoolGradient, maxPoolGradient } from './pool-gradients';
export { rectifiedSums } from './rectified-sums';

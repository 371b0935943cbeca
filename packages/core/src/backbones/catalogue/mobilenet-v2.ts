import { imageNetStatistics, plusMinusOne } from '../../families/preprocessing-conventions.js';
import type { BackboneSpec } from '../backbone-spec.js';

const paper = 'Sandler et al. 2018, arXiv:1801.04381';

export const mobilenetV2Specs: readonly BackboneSpec[] = [
  {
    id: 'mobilenet-v2.openimages',
    title: 'MobileNet v2, Open Images V4 detector backbone',
    architecture: 'mobilenet-v2',
    pretrainedOn: 'Open Images V4 (object detection)',
    parameters: 2_206_816,
    features: 1280,
    preprocessing: { size: [224, 224], ...plusMinusOne },
    licence: 'Apache-2.0',
    paper,
    notes:
      'The feature extractor of an SSD detector for 300 x 300 pixels, batch-norm folded into the convolutions. Its weights are stored as float16.',
    source: {
      kind: 'npm',
      package: '@mediapipe/objectron',
      version: '0.4.1675468480',
      file: 'objectron_solution_packed_assets.data',
      range: { start: 184, end: 9_987_912 },
      sha256: 'd0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6',
      bytes: 9_987_728,
    },
    reader: { format: 'tflite', output: 'FeatureExtractor/MobilenetV2/Conv_1/Relu6' },
  },
  {
    id: 'mobilenet-v2.imagenet',
    title: 'MobileNet v2, ImageNet (torchvision)',
    architecture: 'mobilenet-v2',
    pretrainedOn: 'ImageNet-1k',
    parameters: 2_257_984,
    features: 1280,
    preprocessing: { size: [224, 224], ...imageNetStatistics },
    licence: 'BSD-3-Clause',
    paper,
    notes: "torchvision's IMAGENET1K_V1 weights, known by the first 8 digits of their sha256.",
    source: {
      kind: 'url',
      url: 'https://download.pytorch.org/models/mobilenet_v2-b0353104.pth',
      sha256: 'b0353104',
    },
    reader: {
      format: 'pytorch',
      family: 'mobilenet-v2',
      hyperParameters: { alpha: 1, variant: 'torchvision', classes: 1000 },
    },
  },
];

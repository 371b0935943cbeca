import { describe, expect, test } from 'vitest';
import { findBlocks } from '../network/find-blocks.js';
import { inferShapes } from '../network/infer-shapes.js';
import { parameterCount } from '../network/parameter-count.js';
import { validateNetwork } from '../network/validate-network.js';
import { families } from './families.js';

const v1Blocks = ['stem', ...Array.from({ length: 13 }, (_, index) => `block-${index + 1}`)];
const invertedBlocks = (count: number): string[] => [
  'stem',
  ...Array.from({ length: count }, (_, index) => `block-${index + 1}`),
  'head-conv',
];

/** Parameters with 1000 classes and without, batch-norm statistics included, by Keras 3.15, torchvision and timm. */
const cases = [
  ['mobilenet-v1', { alpha: 1 }, 4_253_864, 1024, v1Blocks],
  ['mobilenet-v1', { alpha: 0.75 }, 2_601_976, 768, v1Blocks],
  ['mobilenet-v1', { alpha: 0.5 }, 1_342_536, 512, v1Blocks],
  ['mobilenet-v1', { alpha: 0.25 }, 475_544, 256, v1Blocks],
  ['mobilenet-v2', { alpha: 1.4 }, 6_156_712, 1792, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 1.3 }, 5_431_048, 1664, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 1 }, 3_538_984, 1280, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 0.75 }, 2_663_064, 1280, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 0.5 }, 1_987_224, 1280, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 0.35 }, 1_691_208, 1280, invertedBlocks(17)],
  ['mobilenet-v2', { alpha: 1, variant: 'torchvision' }, 3_538_984, 1280, invertedBlocks(17)],
  ['efficientnet-lite', { variant: 'lite0' }, 4_694_024, 1280, invertedBlocks(16)],
  ['efficientnet-lite', { variant: 'lite1' }, 5_470_344, 1280, invertedBlocks(21)],
  ['efficientnet-lite', { variant: 'lite2' }, 6_150_168, 1280, invertedBlocks(21)],
  ['efficientnet-lite', { variant: 'lite3' }, 8_273_768, 1280, invertedBlocks(24)],
  ['efficientnet-lite', { variant: 'lite4' }, 13_118_936, 1280, invertedBlocks(30)],
] as const;

describe.each(cases)('%s %o', (id, hyperParameters, parameters, features, blocks) => {
  const family = families[id]!;

  test('with a classifier has the published number of parameters', () => {
    const network = family.build({ ...hyperParameters, classes: 1000 });
    validateNetwork(network);
    expect(parameterCount(network)).toBe(parameters);
    expect(inferShapes(network).get(network.output)).toEqual([1000]);
    expect(findBlocks(network).map(({ name }) => name)).toEqual([...blocks, 'head']);
  });

  test('without one ends in pooled features', () => {
    const network = family.build(hyperParameters);
    validateNetwork(network);
    expect(parameterCount(network)).toBe(parameters - 1000 * (features + 1));
    expect(inferShapes(network).get(network.output)).toEqual([features]);
    expect(findBlocks(network).map(({ name }) => name)).toEqual(blocks);
  });
});

test('the input takes the size and channels asked for, and the variant’s own size otherwise', () => {
  const inputOf = (id: string, hyperParameters: Record<string, unknown>) =>
    families[id]!.blueprint(hyperParameters).nodes[0];
  expect(inputOf('efficientnet-lite', { variant: 'lite2' })).toMatchObject({ shape: [260, 260, 3] });
  expect(inputOf('mobilenet-v2', { inputSize: 96, inputChannels: 1 })).toMatchObject({ shape: [96, 96, 1] });
});

test('hyper-parameters that a family does not know are refused by name', () => {
  expect(() => families['mobilenet-v2']!.build({ alfa: 1 })).toThrow(/MobileNet v2 must get.*alfa/);
  expect(() => families['efficientnet-lite']!.build({ variant: 'lite9' })).toThrow(
    expect.objectContaining({ code: 'network-invalid' }),
  );
});

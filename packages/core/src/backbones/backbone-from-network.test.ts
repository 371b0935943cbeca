import { expect, test } from 'vitest';
import { families } from '../families/families.js';
import { inferShapes } from '../network/infer-shapes.js';
import { networkBuilder } from '../testing/network-builder.js';
import { type BackboneDescription, backboneFromNetwork } from './backbone-from-network.js';

const description: BackboneDescription = {
  id: 'tiny.test',
  title: 'Tiny',
  architecture: 'tiny',
  pretrainedOn: 'nothing',
  licence: 'Apache-2.0',
  source: { kind: 'file', path: 'tiny.tflite' },
  reader: { format: 'any' },
};

const network = families['mobilenet-v2']!.build({ alpha: 0.1, inputSize: 64, classes: 5 });

test('facts that the description leaves out are the network’s own', async () => {
  const backbone = await backboneFromNetwork(description, { network, labels: ['a', 'b'], warnings: ['w'] });
  expect(backbone.spec).toMatchObject({
    features: 1280,
    preprocessing: { size: [64, 64], mean: [127.5, 127.5, 127.5] },
  });
  expect(backbone.labels).toEqual(['a', 'b']);
  expect(backbone.warnings).toEqual(['w', expect.stringContaining('[-1, 1]')]);
  expect(backbone.blocks.at(0)!.name).toBe('stem');
  expect(backbone.blocks.at(-1)!.output).toBe(backbone.network.output);
  expect(backbone.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('the input takes the size of the preprocessing, the weights stay', async () => {
  const preprocessing = {
    size: [96, 80] as [number, number],
    fit: 'cover' as const,
    interpolation: 'linear' as const,
    mean: [0, 0, 0] as [number, number, number],
    deviation: [1, 1, 1] as [number, number, number],
  };
  const backbone = await backboneFromNetwork({ ...description, preprocessing }, { network, warnings: [] });
  expect(inferShapes(backbone.network).get('input')).toEqual([96, 80, 3]);
  expect(inferShapes(backbone.network).get('out_relu')).toEqual([3, 3, 1280]);
  expect(backbone.network.weights.get('Conv1/kernel')).toBe(network.weights.get('Conv1/kernel'));
  expect(backbone.warnings).toEqual([]);
});

test.each([
  ['features', { features: 1024 }],
  ['parameters', { parameters: 7 }],
])('%s that are not true of the network are refused', async (fact, wrong) => {
  await expect(
    backboneFromNetwork({ ...description, ...wrong }, { network, warnings: [] }),
  ).rejects.toMatchObject({ code: 'weights-mismatch', details: { fact } });
});

test('a network for grey images is refused', async () => {
  const grey = families['mobilenet-v2']!.build({ alpha: 0.1, inputSize: 64, inputChannels: 1 });
  await expect(backboneFromNetwork(description, { network: grey, warnings: [] })).rejects.toMatchObject({
    code: 'weights-unsupported',
  });
});

test('a network that insists on its size keeps it or is refused', async () => {
  const builder = networkBuilder([8, 8, 3]);
  const split = builder.node({ op: 'reshape', inputs: [builder.input], shape: [4, 16, 3] });
  const fixed = builder.finish(builder.conv(split, 4));
  const backbone = await backboneFromNetwork(description, { network: fixed, warnings: [] });
  expect(backbone.spec.features).toBe(4);
  const preprocessing = { ...backbone.preprocessing, size: [9, 9] as [number, number] };
  await expect(
    backboneFromNetwork({ ...description, preprocessing }, { network: fixed, warnings: [] }),
  ).rejects.toMatchObject({ code: 'weights-unsupported' });
});

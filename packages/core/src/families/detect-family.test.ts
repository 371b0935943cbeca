import { expect, test } from 'vitest';
import { stateDictOf } from '../testing/state-dict-of.js';
import { detectFamily } from './detect-family.js';
import { families } from './families.js';

const cases = [
  ['mobilenet-v1', { alpha: 0.25, classes: 10 }],
  ['mobilenet-v1', { alpha: 1, inputChannels: 1 }],
  ['mobilenet-v2', { alpha: 0.35, variant: 'keras', classes: 1000 }],
  ['mobilenet-v2', { alpha: 1.4, variant: 'keras' }],
  ['mobilenet-v2', { alpha: 0.5, variant: 'torchvision', classes: 3 }],
  ['efficientnet-lite', { variant: 'lite0', classes: 1000 }],
  ['efficientnet-lite', { variant: 'lite4' }],
] as const;

test.each(cases)('%s %o is recognised, whatever dialect it speaks', (id, hyperParameters) => {
  const family = families[id]!;
  const spoken = family.dialects.filter(({ hyperParameters: { variant } }) =>
    'alpha' in hyperParameters && 'variant' in hyperParameters ? variant === hyperParameters.variant : true,
  );
  for (const dialect of spoken) {
    const detected = detectFamily(stateDictOf(family, hyperParameters, dialect));
    expect(detected?.family.id).toBe(id);
    expect(family.blueprint(detected!.hyperParameters)).toEqual(family.blueprint(hyperParameters));
  }
});

test('a few missing or strange weights do not hide the family', () => {
  const family = families['mobilenet-v2']!;
  const stateDict = stateDictOf(family, { alpha: 0.75, classes: 5 });
  stateDict.delete('Conv1/kernel');
  stateDict.set('block_3_expand/kernel', { shape: [2], data: new Float32Array(2) });
  expect(detectFamily(stateDict)).toMatchObject({
    family: { id: 'mobilenet-v2' },
    hyperParameters: { alpha: 0.75 },
  });
});

test('weights of another architecture are of no family', () => {
  const weight = { shape: [64, 3, 7, 7], data: new Float32Array(64 * 3 * 7 * 7) };
  expect(detectFamily(new Map([['conv1.weight', weight]]))).toBeUndefined();
  expect(detectFamily(new Map())).toBeUndefined();
});

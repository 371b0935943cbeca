import { describe, expect, test } from 'vitest';
import { families } from '../families/families.js';
import { stateDictOf } from '../testing/state-dict-of.js';
import { backboneFromNetwork } from './backbone-from-network.js';
import { backboneSpecSchema } from './backbone-spec.js';
import { catalogue, defaultBackboneId } from './catalogue.js';
import { readStateDictNetwork } from './read-state-dict-network.js';

test('ids are unique, and the default one is installed with its package', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  expect(catalogue.find(({ id }) => id === defaultBackboneId)!.source.kind).toBe('npm');
});

test.each(catalogue)('$id is a whole spec', (spec) => {
  expect(backboneSpecSchema.parse(spec)).toEqual(spec);
  expect(spec.id.startsWith(spec.architecture)).toBe(true);
  if (spec.source.kind === 'npm' && spec.source.range !== undefined) {
    expect(spec.source.range.end - spec.source.range.start).toBe(spec.source.bytes);
  }
});

const blockCounts: Readonly<Record<string, number>> = {
  'mobilenet-v2.imagenet': 17,
  'efficientnet-lite0.imagenet': 16,
  'efficientnet-lite1.imagenet': 21,
  'efficientnet-lite2.imagenet': 21,
};

describe('entries that fill a family', () => {
  for (const spec of catalogue) {
    const { reader } = spec;
    if (!('family' in reader)) continue;
    const { family: familyId, hyperParameters } = reader;
    test(`${spec.id}: its family makes the network that the spec describes`, async () => {
      const family = families[familyId]!;
      const dialect = family.dialects.find(({ id }) => id.startsWith('torch') || id.endsWith('pytorch'))!;
      const stateDict = stateDictOf(family, hyperParameters, dialect);
      const read = readStateDictNetwork(stateDict, reader);
      const backbone = await backboneFromNetwork(spec, read);
      expect(read.preprocessing).toEqual(spec.preprocessing);
      expect(backbone.warnings).toEqual([]);
      expect(backbone.classifier).toBeDefined();
      expect(backbone.blocks.map(({ name }) => name)).toEqual([
        'stem',
        ...Array.from({ length: blockCounts[spec.id]! }, (_, index) => `block-${index + 1}`),
        'head-conv',
      ]);
    });
  }
});

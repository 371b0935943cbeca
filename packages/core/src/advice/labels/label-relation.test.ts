import { expect, test } from 'vitest';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { labelRelation, labelRelationSchema } from './label-relation.js';

test.each([
  ['same', ['b', 'a'], ['a', 'b']],
  ['subset', ['a', 'b'], ['a', 'b', 'c']],
  ['superset', ['a', 'b', 'c'], ['a', 'b']],
  ['overlap', ['a', 'b', 'd'], ['a', 'b', 'c']],
  ['disjoint', ['d', 'e'], ['a', 'b']],
  ['renamed', ['Cats', 'dogs'], ['cat', 'dog']],
])('%s', (relation, newLabels, oldLabels) => {
  const found = labelRelation(newLabels, oldLabels);
  expect(found.relation).toBe(relation);
  expect(labelRelationSchema.parse(found)).toEqual(found);
});

test('proposes a mapping with the reason of each pair, and says what is left', () => {
  expect(
    labelRelation(['Cat', 'dogs', 'guinea_pig', 'ant', 'owl'], ['guinea pig', 'cat', 'dog', 'ant', 'bee']),
  ).toEqual({
    relation: 'overlap',
    mapped: 'overlap',
    shared: ['ant'],
    added: ['owl'],
    missing: ['bee'],
    mapping: [
      { new: 'Cat', old: 'cat', reason: 'case' },
      { new: 'dogs', old: 'dog', reason: 'plural' },
      { new: 'guinea_pig', old: 'guinea pig', reason: 'spelling' },
      { new: 'ant', old: 'ant', reason: 'identical' },
    ],
  });
});

test('says how renamed labels would stand to the old ones', () => {
  expect(labelRelation(['Cats', 'Dogs'], ['cat', 'dog', 'owl'])).toMatchObject({
    relation: 'disjoint',
    mapped: 'subset',
    added: [],
    missing: ['owl'],
  });
});

test.each([
  ['two new labels for one old', ['Cats', 'CAT', 'dog'], ['cat', 'dog']],
  ['one new label for two old', ['cat', 'dog'], ['Cat', 'cats', 'dog']],
  ['an old label that has its equal', ['cat', 'cats', 'dog'], ['cat', 'dog']],
  ['a new label that has its equal', ['cat', 'dog'], ['cat', 'cats', 'dog']],
])('does not propose %s', (_, newLabels, oldLabels) => {
  const { mapping } = labelRelation(newLabels, oldLabels);
  expect(mapping.every(({ reason }) => reason === 'identical')).toBe(true);
});

test('takes a new set of one class', () => {
  expect(labelRelation(['a'], ['a', 'b']).relation).toBe('subset');
});

test.each([
  ['given twice', ['a', 'a'], /version.*"a" empty or more than once/],
  ['empty', ['a', ''], /version.*"" empty or more than once/],
  ['missing', [], /version.*Received: none/],
])('refuses labels that are %s', async (_, labels, message) => {
  expect(await regraftErrorOf(() => labelRelation(['a'], labels))).toMatchObject({
    code: 'labels-mismatch',
    message: expect.stringMatching(message),
  });
});

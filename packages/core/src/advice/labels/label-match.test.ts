import { expect, test } from 'vitest';
import { labelForms, matchLabels } from './label-match.js';

test.each([
  ['ant', 'ant', 'identical'],
  ['Ant', 'ant', 'case'],
  ['fire ant', 'fire_ant', 'spelling'],
  ['Fire-Ant', 'fire  ant', 'spelling'],
  ['fireant', 'fire ant', 'spelling'],
  ['caf\u00e9', 'cafe\u0301', 'case'],
  ['ants', 'ant', 'plural'],
  ['Fire_Ants', 'fire ant', 'plural'],
  ['horses', 'horse', 'plural'],
  ['boxes', 'box', 'plural'],
  ['potatoes', 'potato', 'plural'],
  ['berries', 'berry', 'plural'],
  ['leaves', 'leaf', 'plural'],
  ['knives', 'knife', 'plural'],
  ['women', 'woman', 'plural'],
  ['mice', 'mouse', 'plural'],
  ['ant', 'bee', null],
  ['bus', 'buses', 'plural'],
  ['ant', 'antelope', null],
  ['boys', 'boies', null],
])('%s and %s: %s, both ways', (a, b, reason) => {
  expect(matchLabels(labelForms(a), labelForms(b))).toBe(reason);
  expect(matchLabels(labelForms(b), labelForms(a))).toBe(reason);
});

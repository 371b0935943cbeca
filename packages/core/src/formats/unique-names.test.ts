import { expect, test } from 'vitest';
import { uniqueNames } from './unique-names.js';

test('clashes are numbered, past names that look like numbered ones', () => {
  const unique = uniqueNames();
  expect(['a', 'a_1', 'a', 'a', 'b', 'a_1'].map(unique)).toEqual(['a', 'a_1', 'a_2', 'a_3', 'b', 'a_1_1']);
});

import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { resolveEngineChoice } from './engine-choice.js';

test.each([
  [{}, {}, { engine: undefined, threads: availableParallelism() }],
  [{}, { REGRAFT_ENGINE: '', REGRAFT_THREADS: '' }, { engine: undefined, threads: availableParallelism() }],
  [{}, { REGRAFT_ENGINE: 'cpu', REGRAFT_THREADS: '3' }, { engine: 'cpu', threads: 3 }],
  [
    { engine: 'native', threads: 1 },
    { REGRAFT_ENGINE: 'cpu', REGRAFT_THREADS: '3' },
    { engine: 'native', threads: 1 },
  ],
] as const)('%o in %o is %o', (choice, environment, expected) => {
  expect(resolveEngineChoice(choice, environment)).toEqual(expected);
});

test.each([
  [{ REGRAFT_ENGINE: 'gpu' }, /REGRAFT_ENGINE must be native, wasm, cpu\. Received: gpu/],
  [{ REGRAFT_THREADS: '0' }, /REGRAFT_THREADS must be a whole number of at least 1\. Received: 0/],
  [{ REGRAFT_THREADS: 'all' }, /Received: all/],
])('%o is refused', (environment, message) => {
  expect(() => resolveEngineChoice({}, environment)).toThrow(message);
});

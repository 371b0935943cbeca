import { expect, test } from 'vitest';
import { drain, interleave, mapYields } from './drain.js';

const closed: string[] = [];

async function* count(name: string): AsyncGenerator<number, string> {
  try {
    yield 1;
    yield 2;
    return 'result';
  } finally {
    closed.push(name);
  }
}

test('hands over what is yielded and gives the result', async () => {
  const seen: number[] = [];
  expect(
    await drain(
      mapYields(count('whole'), (value) => 10 * value),
      (value) => seen.push(value),
    ),
  ).toBe('result');
  expect(seen).toEqual([10, 20]);
  expect(closed).toContain('whole');
});

test('closes the work when what stands between throws, at any depth', async () => {
  const inner = interleave(count('thrown'), async function* (value) {
    yield value;
    throw new Error('stop');
  });
  await expect(
    drain(
      mapYields(inner, (value) => value),
      () => {},
    ),
  ).rejects.toThrow('stop');
  expect(closed).toContain('thrown');
});

test('closes the work when the one who takes throws, or breaks off', async () => {
  const taking = drain(count('taken'), () => {
    throw new Error('enough');
  });
  await expect(taking).rejects.toThrow('enough');
  expect(closed).toContain('taken');
  for await (const value of mapYields(count('broken off'), (yielded) => yielded)) if (value === 1) break;
  expect(closed).toContain('broken off');
});

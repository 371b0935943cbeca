import { type BackboneSource, findBackboneSpec, sha256 } from '@regraft/core';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { createWeightSource } from './create-weight-source.js';

const source = createWeightSource({ allowNetwork: false });

const embedded = findBackboneSpec('mobilenet-v2.openimages').source as Extract<
  BackboneSource,
  { kind: 'npm' }
>;

test('reads a byte range out of an installed package', async () => {
  const bytes = await source.fetch(embedded);
  expect(bytes.length).toBe(embedded.bytes);
  expect(await sha256(bytes)).toBe(embedded.sha256);
});

test('reads a whole file where there is no range', async () => {
  const bytes = await source.fetch({ ...embedded, file: 'package.json', range: undefined });
  expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ name: embedded.package });
});

test.each([
  ['a package that is not installed', { package: '@regraft/no-such-package' }, /Received: none/],
  ['another version', { version: '0.0.1' }, /Received: version 0\.4\./],
  ['a file that the package lacks', { file: 'gone.data' }, /must hold gone\.data/],
])('%s is unavailable, with the command that installs it', async (_, change, message) => {
  const error = await failureOf(source.fetch({ ...embedded, ...change }));
  expect(error.code).toBe('backbone-unavailable');
  expect(error.message).toMatch(message);
  expect(error.hint).toContain('npm install');
});

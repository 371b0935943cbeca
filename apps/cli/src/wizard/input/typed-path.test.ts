import { expect, test } from 'vitest';
import { typedPath, typedPaths } from './typed-path.js';

test('quotes and escapes of a dropped folder go', () => {
  expect(typedPath("'/my photos/ants' ")).toBe('/my photos/ants');
  expect(typedPath('/my\\ photos/ants')).toBe('/my photos/ants');
});

test('a space that is typed needs no quotes', () => {
  expect(typedPath('my photos/ants')).toBe('my photos/ants');
});

test('addresses of files are paths', () => {
  expect(typedPaths('file:///my%20photos/a.jpg b.jpg')).toEqual(['/my photos/a.jpg', 'b.jpg']);
});

test('nothing typed is no path', () => {
  expect(typedPath('  ')).toBe('');
});

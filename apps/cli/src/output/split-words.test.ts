import { expect, test } from 'vitest';
import { splitWords } from './split-words.js';

test.each([
  ['photos', ['photos']],
  ['  photos/  ', ['photos/']],
  ["'/my photos/a.jpg' /b.png", ['/my photos/a.jpg', '/b.png']],
  ["/my\\ photos/it\\'s.jpg", ["/my photos/it's.jpg"]],
  ['"/my photos/\\"best\\"" b', ['/my photos/"best"', 'b']],
  ["'it'\\''s here'", ["it's here"]],
  ['/写真/猫.jpg', ['/写真/猫.jpg']],
  ["''", ['']],
  ['   ', []],
])('%s', (text, words) => {
  expect(splitWords(text, 'linux')).toEqual(words);
});

test('on Windows a backslash is part of the path', () => {
  expect(splitWords('"C:\\my photos\\a.jpg" D:\\b', 'win32')).toEqual(['C:\\my photos\\a.jpg', 'D:\\b']);
});

import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { wrapLine } from './wrap-line.js';

test('a line that fits is left alone', () => {
  expect(wrapLine('  accuracy   94.8 %', 40)).toEqual(['  accuracy   94.8 %']);
  expect(wrapLine('', 40)).toEqual(['']);
});

test('a field goes on under its value', () => {
  expect(wrapLine('  confidence   nothing shows that it is too sure', 30)).toEqual([
    '  confidence   nothing shows',
    '               that it is too',
    '               sure',
  ]);
});

test('a sentence goes on under its first word', () => {
  expect(wrapLine('   These photos look unlike the others.', 20)).toEqual([
    '   These photos look',
    '   unlike the',
    '   others.',
  ]);
});

test('colours go on over the break, and no line is wider than the terminal', () => {
  const lines = wrapLine(`  time   ${'\u001b[2m'}${'写真 '.repeat(12)}${'\u001b[22m'}`, 24);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines)
    expect(stripVTControlCharacters(line).replaceAll(/写|真/g, 'xx').length).toBeLessThanOrEqual(24);
  expect(lines[1]).toContain('\u001b[2m');
});

import sharp from 'sharp';
import { expect, test } from 'vitest';
import { screenToSvg } from './screen-to-svg.js';

const draw = (lines: readonly string[], options: { columns?: number; theme?: 'dark' | 'light' } = {}) =>
  screenToSvg(lines, { columns: 20, rows: lines.length, title: 'a <test>', ...options });

/** The attributes of the texts, by what they say. */
const textsOf = (svg: string): Record<string, Record<string, string>> =>
  Object.fromEntries(
    [...svg.split('<g ')[1]!.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes, text]) => [
      text,
      Object.fromEntries(
        [...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      ),
    ]),
  );

test('text stands on its columns, wide characters included', () => {
  const texts = textsOf(draw(['ab  中文 c', '  👨‍👩‍👧 d']));
  expect(texts.ab).toMatchObject({ x: '0', textLength: '16', y: '13' });
  expect(texts.中).toMatchObject({ x: '32', textLength: '16' });
  expect(texts.文).toMatchObject({ x: '48', textLength: '16' });
  expect(texts.c).toMatchObject({ x: '72', textLength: '8' });
  expect(texts['👨‍👩‍👧']).toMatchObject({ x: '16', textLength: '16', y: '31' });
  expect(texts.d).toMatchObject({ x: '40' });
});

test('the sixteen colours are those of the product, and a style goes on into the next row', () => {
  const lines = ['\u001b[32mleaf\u001b[39m \u001b[2mmuted\u001b[0m \u001b[1;95mbloom', 'still\u001b[0m text'];
  const dark = textsOf(draw(lines));
  expect(dark.leaf).toMatchObject({ fill: '#4cc38a' });
  expect(dark.muted).toMatchObject({ fill: '#9aa6a0' });
  expect(dark.bloom).toMatchObject({ fill: '#d59ad1', 'font-weight': '700' });
  expect(dark.still).toMatchObject({ fill: '#d59ad1', 'font-weight': '700' });
  expect(dark.text).toMatchObject({ fill: '#e8ecea' });
  expect(textsOf(draw(lines, { theme: 'light' })).leaf).toMatchObject({ fill: '#1f7a4d' });
});

test('256 colours and true colours are those of xterm', () => {
  const texts = textsOf(
    draw(['\u001b[38;5;208mcube\u001b[38;5;244mgrey\u001b[38;2;1;2;255mtrue\u001b[38;5;9mred']),
  );
  expect(texts.cube).toMatchObject({ fill: '#ff8700' });
  expect(texts.grey).toMatchObject({ fill: '#808080' });
  expect(texts.true).toMatchObject({ fill: '#0102ff' });
  expect(texts.red).toMatchObject({ fill: '#f2867e' });
});

test('inverse swaps ink and ground, with backgrounds and without', () => {
  const svg = draw(['\u001b[7minverse\u001b[27m\u001b[41;36;7mboth\u001b[0m\u001b[44mback']);
  const texts = textsOf(svg);
  expect(texts.inverse).toMatchObject({ fill: '#111412' });
  expect(svg).toContain('<rect x="0" y="0" width="56" height="18" fill="#e8ecea"/>');
  expect(texts.both).toMatchObject({ fill: '#f2867e' });
  expect(svg).toContain('<rect x="56" y="0" width="32" height="18" fill="#6bb8e8"/>');
  expect(svg).toContain('<rect x="88" y="0" width="32" height="18" fill="#7d9df0"/>');
});

test('block elements and half blocks meet without a gap', async () => {
  const half = '\u001b[31;42m▀▀▀▀';
  const svg = draw(
    ['████', '████', half, half].map((line) => `\u001b[31m${line}`),
    { columns: 4 },
  );
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const seen = (y: number): Set<string> =>
    new Set(
      Array.from({ length: 4 * 8 }, (_, x) => {
        const at = ((y + 40) * info.width + x + 12) * info.channels;
        return data.subarray(at, at + 3).toString('hex');
      }),
    );
  for (let y = 0; y < 36; y++) expect(seen(y), `row ${y}`).toEqual(new Set(['f2867e']));
  for (const y of [36, 44, 54, 62]) expect(seen(y), `row ${y}`).toEqual(new Set(['f2867e']));
  for (const y of [45, 53, 63, 71]) expect(seen(y), `row ${y}`).toEqual(new Set(['4cc38a']));
});

test('shades differ by opacity, lines join and braille is dots', () => {
  const svg = draw(['▓▓░│╭─', '⠁⣿']);
  expect(svg).toContain('fill-opacity="0.75"');
  expect(svg).toContain('fill-opacity="0.25"');
  expect(svg).toContain('d="M28 9V0M28 9V18M40 9Q36 9 36 18M44 9H40M44 9H48"');
  expect(svg.match(/M[\d.]+ [\d.]+h2v2.25h-2z/g)).toHaveLength(9);
});

test('a gap within a text keeps its width', () => {
  expect(draw(['one two   three'])).toContain('textLength="120"');
  expect(draw(['one two   three'])).toContain('>one two\u00a0\u00a0\u00a0three</text>');
});

test('what could be markup is text', () => {
  const svg = draw(['<b> & "c"']);
  expect(svg).toContain('>&#60;b&#62; &#38; &#34;c&#34;</text>');
  expect(svg).toContain('aria-label="a &#60;test&#62;"');
});

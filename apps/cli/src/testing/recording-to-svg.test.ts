import sharp from 'sharp';
import { expect, test } from 'vitest';
import { recordingToSvg } from './recording-to-svg.js';

const frames = [
  { lines: ['\u001b[41m        '], seconds: 1 },
  { lines: ['\u001b[42m        '], seconds: 3 },
  { lines: ['\u001b[45m        '], seconds: 4 },
];

const svg = recordingToSvg(frames, { columns: 8, rows: 1, title: 'three' });

test('each frame is seen in its share of the time', () => {
  expect(svg).toContain('animation:8s step-end infinite');
  expect(svg).toContain('@keyframes frame-0{0%{visibility:visible}12.5%{visibility:hidden}}');
  expect(svg).toContain(
    '@keyframes frame-1{0%{visibility:hidden}12.5%{visibility:visible}50%{visibility:hidden}}',
  );
  expect(svg).toContain('@keyframes frame-2{0%{visibility:hidden}50%{visibility:visible}}');
});

test('who wants no motion, or has none, sees the last frame', async () => {
  expect(svg).toContain('@media (prefers-reduced-motion:reduce){.frame{animation:none}}');
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (45 * info.width + 30) * info.channels;
  expect(data.subarray(at, at + 3).toString('hex')).toBe('d59ad1');
});

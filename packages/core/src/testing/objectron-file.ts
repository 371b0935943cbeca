import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const entry = 'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite';
const sha256 = 'd0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6';

/** The Open Images detector inside the npm package @mediapipe/objectron, where its loader says it stands. */
export const objectronFile = (): Uint8Array => {
  const folder = dirname(createRequire(import.meta.url).resolve('@mediapipe/objectron/package.json'));
  const loader = readFileSync(join(folder, 'objectron_solution_packed_assets_loader.js'), 'utf8');
  const [, start, end] = loader.match(new RegExp(`${entry}", "start": (\\d+), "end": (\\d+)`))!;
  const assets = readFileSync(join(folder, 'objectron_solution_packed_assets.data'));
  const bytes = assets.subarray(Number(start), Number(end));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${entry} has changed`);
  return bytes;
};

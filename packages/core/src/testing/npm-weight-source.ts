import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { WeightSource } from '../backbones/weight-source.js';

/** Reads sources of kind `npm` from the installed packages; enough for the embedded backbone. */
export const npmWeightSource: WeightSource = {
  fetch: async (source) => {
    if (source.kind !== 'npm') throw new Error(`This source reads npm packages only, not ${source.kind}.`);
    const manifest = createRequire(import.meta.url).resolve(`${source.package}/package.json`);
    const bytes = new Uint8Array(await readFile(path.join(path.dirname(manifest), source.file)));
    return bytes.subarray(source.range?.start, source.range?.end);
  },
};

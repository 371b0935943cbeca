import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomGenerator } from '@regraft/core';

/**
 * The images of a folder of classes dealt into folds, the same each time: for each fold a folder `learn` of all others and
 * a folder `held` of its own, so that over all folds every image is held out once.
 */
export const dealFolds = (source, folder, folds) => {
  const parts = Array.from({ length: folds }, (_, fold) => ({
    learn: join(folder, `learn-${fold}`),
    held: join(folder, `held-${fold}`),
  }));
  for (const label of readdirSync(source).sort()) {
    for (const { learn, held } of parts) {
      mkdirSync(join(learn, label), { recursive: true });
      mkdirSync(join(held, label), { recursive: true });
    }
    const names = randomGenerator(0, 'folds').shuffle(readdirSync(join(source, label)).sort());
    for (const [place, name] of names.entries()) {
      for (const [fold, { learn, held }] of parts.entries()) {
        const target = place % folds === fold ? held : learn;
        linkSync(join(source, label, name), join(target, label, name));
      }
    }
  }
  return parts;
};

import { join } from 'node:path';
import { writeDrawings, writeHeldOut } from './drawing-folders.mjs';
import { greys } from './greys.mjs';
import { writeImages, writeSplit } from './image-folders.mjs';
import { clipArt, photos } from './photos.mjs';

const three = ['animals', 'food', 'travel'];
const two = ['activities', 'objects'];
const five = [...three, ...two];

/** Test images of each kind of clothes. */
const clothesToTest = 50;

const oldDrawings = (hand) => (folder) => writeDrawings(join(folder, 'old'), [hand], three);

const drawings = (hand, subjects, perClass, from) => ({
  name: `${hand}, ${subjects.length} classes x ${perClass}${from ? `, from a version of ${from}` : ''}`,
  write: async (folder) => {
    const { held, learn } = await writeHeldOut(folder, { hands: [hand], subjects, held: perClass });
    return { learn: held, test: learn };
  },
  old: from && oldDrawings(from),
});

const photographs = (perClass) => ({
  name: `photos, 4 classes x ${perClass}, from a version of clip art`,
  write: (folder) => writeSplit(photos(), folder, { perClass }),
  old: (folder) => writeImages(clipArt(), join(folder, 'old')),
});

const clothes = (perClass, from) => ({
  name: `clothes in grey, 10 classes x ${perClass}${from ? `, from a version of ${from}` : ''}`,
  write: (folder) => writeSplit(greys(), folder, { perClass, most: clothesToTest }),
  old: from && oldDrawings(from),
});

/**
 * Data to fine-tune on, the quick ones first: `write(folder)` gives the folders to learn from and to test on, `old(folder)`
 * where it is there what the version learned that is fine-tuned; without it a backbone is.
 */
export const depthScenarios = [
  drawings('noto', three, 10),
  drawings('twemoji', three, 10),
  drawings('openmoji', three, 10),
  drawings('twemoji', three, 10, 'noto'),
  photographs(10),
  clothes(10, 'noto'),
  drawings('openmoji', two, 30),
  drawings('fluent', three, 30, 'noto'),
  drawings('twemoji', five, 30),
  drawings('fluent', three, 100),
  clothes(30),
  drawings('openmoji', three, 100, 'noto'),
];

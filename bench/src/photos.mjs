import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { debianFiles } from './debian-files.mjs';
import { imageFile } from './image-folders.mjs';

/** Where each subject is among the photos and among the clip art. */
const places = {
  animals: { photos: ['animals'], clipArt: ['animals'] },
  food: { photos: ['food'], clipArt: ['food'] },
  plants: { photos: ['plants'], clipArt: ['plants'] },
  vehicles: { photos: ['vehicles'], clipArt: ['transportation/vehicles', 'transportation/boating'] },
};

const imagesIn = (root, kind) =>
  Object.entries(places).flatMap(([subject, folders]) =>
    folders[kind].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .filter((name) => name.endsWith('.png') && !name.includes('cartoon'))
        .sort()
        .map((name) => imageFile(subject, join(root, folder, name))),
    ),
  );

/** Photos of animals, food, plants and vehicles: the stamps of Tux Paint. */
export const photos = () =>
  imagesIn(join(debianFiles('tuxpaint-stamps-default'), 'usr/share/tuxpaint/stamps'), 'photos');

/** Clip art of the same subjects: the Open Clip Art Library. */
export const clipArt = () =>
  imagesIn(join(debianFiles('openclipart-png'), 'usr/share/openclipart/png'), 'clipArt');

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@regraft/core';

/** The images of some subjects in `folder/subject`, each with its sha256 and the index of its subject as its label. */
export const listImages = (folder, subjects) =>
  Promise.all(
    subjects.flatMap((subject, label) =>
      readdirSync(join(folder, subject))
        .sort()
        .map(async (name) => {
          const file = join(folder, subject, name);
          return { file, label, sha256: await sha256(readFileSync(file)) };
        }),
    ),
  );

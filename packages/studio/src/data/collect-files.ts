import { realpath } from 'node:fs/promises';
import { throwIfCancelled } from './cancellation.js';
import { fileProblem } from './file-problem.js';
import { hasImageName } from './image-format.js';
import type { DataProblem } from './manifest.js';
import { readFolder } from './read-folder.js';

interface Walk {
  readonly files: string[];
  readonly problems: DataProblem[];
  /** Real paths of the folders walked so far: a folder that several links lead to is walked once. */
  readonly walked: Set<string>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Appends the absolute paths of all files below a class folder, at any depth. `above` are the real paths of the
 * folders that contain it; a link back to one of them, or to a folder on the way down, is a `symlink-loop`.
 */
export const collectFiles = async (folder: string, above: readonly string[], walk: Walk): Promise<void> => {
  throwIfCancelled(walk.signal, 'The scan');
  try {
    const real = await realpath(folder);
    if (above.includes(real)) {
      walk.problems.push({ kind: 'symlink-loop', path: folder, detail: 'a link to a folder that holds it' });
      return;
    }
    if (walk.walked.has(real)) return;
    walk.walked.add(real);
    for (const entry of await readFolder(folder, walk.problems)) {
      if (!entry.isFolder) walk.files.push(entry.path);
      else if (hasImageName(entry.name)) walk.problems.push(folderNamedLikeImage(entry.path));
      else await collectFiles(entry.path, [...above, real], walk);
    }
  } catch (error) {
    const cause = fileProblem(error);
    if (!cause) throw error;
    walk.problems.push({ path: folder, ...cause });
  }
};

/** A folder such as `cat.jpg/`: nearly always a mistake, so it is named and not walked. */
export const folderNamedLikeImage = (path: string): DataProblem => ({
  kind: 'not-an-image',
  path,
  detail: 'a folder with the name of an image',
});

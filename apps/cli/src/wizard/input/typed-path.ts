import { fileURLToPath } from 'node:url';
import { splitWords } from '../../output/split-words.js';
import { expandHome } from './complete-path.js';

/** The paths in what a person typed, pasted or dropped: without quotes and escapes, the home folder filled in. */
export const typedPaths = (typed: string): string[] =>
  splitWords(typed).map((path) => (path.startsWith('file://') ? fileURLToPath(path) : expandHome(path)));

/** The one path that was typed; empty where there is none. A space in it needs no quotes. */
export const typedPath = (typed: string): string => {
  const paths = typedPaths(typed);
  return paths.length > 1 && !/['"\\]/.test(typed) ? expandHome(typed.trim()) : (paths[0] ?? '');
};

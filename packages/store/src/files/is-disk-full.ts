import { statfsSync } from 'node:fs';

const tooLittleBytes = 64 * 1024;

/** True where the disk that holds the path has next to no room left. */
export const isDiskFull = (path: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < tooLittleBytes;
  } catch {
    return false;
  }
};

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const chunkBytes = 1024 * 1024;

/** sha256 (hex) and size of a file, in constant memory. */
export const hashFile = async (path: string): Promise<{ sha256: string; bytes: number }> => {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = new Uint8Array(chunkBytes);
    for (let bytes = 0; ; ) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, bytes);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(chunk.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
};

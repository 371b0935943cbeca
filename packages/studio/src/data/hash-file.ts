import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const chunkBytes = 262_144;

/** A buffer for `hashFile`; one can serve any number of files, one after the other. */
export const hashBuffer = (): Buffer => Buffer.allocUnsafeSlow(chunkBytes);

/**
 * Streams a file through sha256 in chunks of 256 kB and returns it in hex. `inspect` sees the first chunk and may
 * end the reading by returning false; then the result is undefined.
 *
 * @throws the system's error, where the file can't be read
 */
export const hashFile = async (
  path: string,
  buffer: Buffer = hashBuffer(),
  inspect: (head: Uint8Array) => boolean = () => true,
): Promise<string | undefined> => {
  const file: FileHandle = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    for (let position = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      const chunk = buffer.subarray(0, bytesRead);
      if (position === 0 && !inspect(chunk)) return undefined;
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk);
      position += bytesRead;
    }
  } finally {
    await file.close();
  }
};

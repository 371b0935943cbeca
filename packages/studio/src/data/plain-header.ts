/** What an image's header says, where no orientation changes it. */
export interface PlainHeader {
  readonly format: 'jpeg' | 'png';
  readonly width: number;
  readonly height: number;
  /** Of a JPEG progressive, of a PNG interlaced. */
  readonly isProgressive: boolean;
}

/** Start of frame in all codings; C4, C8 and CC are other segments (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const readJpeg = (head: Buffer): PlainHeader | undefined => {
  for (let at = 2; at + 9 <= head.length && head[at] === 0xff; at += 2 + head.readUInt16BE(at + 2)) {
    const marker = head[at + 1]!;
    if (marker === 0xe1) return undefined;
    if (!isFrame(marker)) continue;
    const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
    if (width === 0 || height === 0) return undefined;
    return { format: 'jpeg', width, height, isProgressive: (marker & 3) === 2 };
  }
  return undefined;
};

const readPng = (head: Buffer): PlainHeader | undefined => {
  if (head.length < 33 || head.toString('latin1', 12, 16) !== 'IHDR' || head.includes('eXIf'))
    return undefined;
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)];
  if (width === 0 || height === 0) return undefined;
  return { format: 'png', width, height, isProgressive: head[28] === 1 };
};

/**
 * Reads size and coding of a JPEG or PNG from its first bytes, many times faster than an image library opens the file.
 * Undefined where that isn't plain to see, as with EXIF, other formats or damage: then ask the library.
 */
export const readPlainHeader = (head: Uint8Array): PlainHeader | undefined => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes);
  return bytes[0] === 0x89 ? readPng(bytes) : undefined;
};

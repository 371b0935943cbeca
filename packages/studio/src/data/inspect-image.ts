import { stat } from 'node:fs/promises';
import { decodeFailure } from './decode-failure.js';
import { fileProblem, type ProblemCause } from './file-problem.js';
import { hashFile } from './hash-file.js';
import { type ImageFormat, isDecodedFormat, sniffImageFormat } from './image-format.js';
import { type SizeAndCoding, tooLargeReason } from './pixel-limits.js';
import { readPlainHeader } from './plain-header.js';
import { loadSharp } from './sharp.js';

export interface InspectedImage {
  readonly sha256: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

const readHeader = async (path: string): Promise<SizeAndCoding> => {
  const sharp = await loadSharp();
  const {
    autoOrient,
    format,
    isProgressive = false,
  } = await sharp(path, { limitInputPixels: false }).metadata();
  return { ...autoOrient, format, isProgressive };
};

/**
 * Hashes a file and reads its image header, without decoding pixels. What isn't a decodable image comes back as
 * the cause for leaving it out.
 */
export const inspectImage = async (path: string, buffer?: Buffer): Promise<InspectedImage | ProblemCause> => {
  try {
    const entry = await stat(path);
    const bytes = entry.size;
    if (entry.isDirectory()) return { kind: 'not-an-image', detail: 'a folder, where a file was expected' };
    if (!entry.isFile()) return { kind: 'not-an-image', detail: 'neither a file nor a folder' };
    if (bytes === 0) return { kind: 'empty', detail: 'the file has no bytes' };
    let format: ImageFormat | undefined;
    let header: SizeAndCoding | undefined;
    const sha256 = await hashFile(path, buffer, (head) => {
      format = sniffImageFormat(head.subarray(0, 4096));
      header = readPlainHeader(head);
      return format !== undefined && isDecodedFormat(format);
    });
    if (format === undefined) return { kind: 'not-an-image', detail: 'its content is no image' };
    if (sha256 === undefined) return { kind: 'unsupported', detail: unsupportedDetail(format) };
    const { width, height, ...coding } = header ?? (await readHeader(path));
    const tooLarge = tooLargeReason({ width, height, ...coding });
    if (tooLarge !== undefined) return { kind: 'too-large', detail: tooLarge };
    return { sha256, bytes, width, height };
  } catch (error) {
    return fileProblem(error) ?? { kind: 'unreadable', detail: decodeFailure(error) };
  }
};

const unsupportedDetail = (format: ImageFormat): string =>
  `${format.toUpperCase()} images aren't read; convert it to JPEG or PNG`;

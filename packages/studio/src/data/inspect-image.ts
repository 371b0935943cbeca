import { z } from 'zod';
import { decodeFailure } from './decode-failure.js';
import { readFileEntry } from './file-entry.js';
import { fileProblem, type ProblemCause } from './file-problem.js';
import { hashFile } from './hash-file.js';
import { type ImageFormat, isDecodedFormat, sniffImageFormat } from './image-format.js';
import { type SizeAndCoding, tooLargeReason } from './pixel-limits.js';
import { readPlainHeader } from './plain-header.js';
import { loadSharp } from './sharp.js';

export const inspectedImageSchema = z.object({
  sha256: z.string(),
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
});

export type InspectedImage = Readonly<z.infer<typeof inspectedImageSchema>>;

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
 * Hashes a file of so many bytes and reads its image header, without decoding pixels. What isn't a decodable image
 * comes back as the cause for leaving it out.
 */
export const readImageFacts = async (
  path: string,
  bytes: number,
  buffer?: Buffer,
): Promise<InspectedImage | ProblemCause> => {
  try {
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

/** `readImageFacts` of a path that may be anything. */
export const inspectImage = async (path: string): Promise<InspectedImage | ProblemCause> => {
  const entry = await readFileEntry(path);
  return 'kind' in entry ? entry : readImageFacts(path, entry.bytes);
};

const unsupportedDetail = (format: ImageFormat): string =>
  `${format.toUpperCase()} images aren't read; convert it to JPEG or PNG`;

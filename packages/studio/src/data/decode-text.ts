import { RegraftError } from '@regraft/errors';

/**
 * A text file's content: UTF-8 with or without a byte order mark, or UTF-16 with one.
 *
 * @throws RegraftError `data-invalid` for any other encoding
 */
export const decodeText = (bytes: Uint8Array, path: string): string => {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A CSV must be UTF-8 text. Received bytes that aren't: ${path}`,
      hint: 'Save it again as "CSV UTF-8".',
      details: { path },
      cause: error,
    });
  }
};

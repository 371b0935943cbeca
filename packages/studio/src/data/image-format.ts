/** Formats that are decoded. */
const decodedFormats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;

/** Formats that are recognised, to be named when they are left out. */
const refusedFormats = ['bmp', 'heic', 'jpeg-2000', 'jpeg-xl', 'photoshop', 'svg'] as const;

export type DecodedFormat = (typeof decodedFormats)[number];
export type ImageFormat = DecodedFormat | (typeof refusedFormats)[number];

export const isDecodedFormat = (format: ImageFormat): format is DecodedFormat =>
  (decodedFormats as readonly string[]).includes(format);

const imageExtension = /\.(jpe?g|jpe|jfif|png|webp|gif|avif|tiff?|bmp|dib|hei[cf]|jp2|jxl|psd|svg)$/i;

/** Whether a file's name says that it is an image. */
export const hasImageName = (name: string): boolean => imageExtension.test(name);

/** What a format's first bytes are, read as latin1: texts at offsets. */
const signatures: readonly (readonly [ImageFormat, Readonly<Record<number, string>>])[] = [
  ['jpeg', { 0: '\xff\xd8\xff' }],
  ['png', { 0: '\x89PNG\r\n\x1a\n' }],
  ['gif', { 0: 'GIF87a' }],
  ['gif', { 0: 'GIF89a' }],
  ['webp', { 0: 'RIFF', 8: 'WEBP' }],
  ['tiff', { 0: 'II*\0' }],
  ['tiff', { 0: 'II+\0' }],
  ['tiff', { 0: 'MM\0*' }],
  ['tiff', { 0: 'MM\0+' }],
  ['bmp', { 0: 'BM', 6: '\0\0\0\0' }],
  ['photoshop', { 0: '8BPS' }],
  ['jpeg-xl', { 0: '\xff\x0a' }],
  ['jpeg-xl', { 0: '\0\0\0\x0cJXL ' }],
  ['jpeg-2000', { 0: '\xff\x4f\xff\x51' }],
  ['jpeg-2000', { 0: '\0\0\0\x0cjP  ' }],
];

/** The four-letter brands of an ISO base media file's `ftyp` box (ISO/IEC 14496-12), the major one first. */
const mediaBrands = (head: string): string[] => {
  if (head.slice(4, 8) !== 'ftyp') return [];
  const boxSize = (head.charCodeAt(2) << 8) | head.charCodeAt(3);
  return [head.slice(8, 12), ...(head.slice(16, boxSize).match(/.{4}/gs) ?? [])];
};

/**
 * Recognises an image by its first bytes, whatever the file is called. 64 bytes are enough but for SVG.
 *
 * @example sniffImageFormat(bytes.subarray(0, 512)) // 'jpeg'
 */
export const sniffImageFormat = (head: Uint8Array): ImageFormat | undefined => {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const signed = signatures.find(([, parts]) =>
    Object.entries(parts).every(([offset, part]) => text.startsWith(part, Number(offset))),
  );
  if (signed) return signed[0];
  const brands = mediaBrands(text);
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return 'avif';
  if (brands.some((brand) => /^(he[iv][cmsx]|mif1|msf1)$/.test(brand))) return 'heic';
  return /^\s*(<[?!].*)?<svg[\s>]/s.test(text.replace('\xef\xbb\xbf', '')) ? 'svg' : undefined;
};

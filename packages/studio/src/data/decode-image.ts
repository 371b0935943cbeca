import type { Preprocessing } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Region, Sharp, SharpOptions } from 'sharp';
import { decodeFailure } from './decode-failure.js';
import { pixelLimit, tooLargeReason, wholeImagePixelLimit } from './pixel-limits.js';
import { loadSharp } from './sharp.js';
import { type CropBox, plainView, type View } from './views.js';

const unreadable = (input: string | Uint8Array, reason: string, cause: unknown): RegraftError => {
  const path = typeof input === 'string' ? input : 'the image';
  return new RegraftError({
    code: 'image-unreadable',
    message: `An image must be a file that can be decoded. Received: ${path} (${reason})`,
    hint: 'Open it in an image viewer; if it looks right there, save it again as JPEG or PNG.',
    details: { path, reason },
    cause,
  });
};

const region = (box: CropBox, width: number, height: number): Region => {
  const left = Math.min(Math.floor(box.left * width), width - 1);
  const top = Math.min(Math.floor(box.top * height), height - 1);
  return {
    left,
    top,
    width: Math.max(1, Math.min(Math.round(box.width * width), width - left)),
    height: Math.max(1, Math.min(Math.round(box.height * height), height - top)),
  };
};

const adjustColours = (image: Sharp, { brightness, contrast, saturation, hue }: View): Sharp => {
  const modulated =
    brightness === 1 && saturation === 1 && hue === 0
      ? image
      : image.modulate({ brightness, saturation, hue });
  return contrast === 1 ? modulated : modulated.linear(contrast, 128 * (1 - contrast));
};

/**
 * Decodes an image to packed 8-bit sRGB, `height * width * 3` bytes at the preprocessing's size: first frame, EXIF
 * orientation applied, alpha on white, grey, CMYK and 16-bit converted, profiles honoured. A file that is cut short is
 * an error, not a half-grey image. Memory stays bounded: an image above the pixel limit is refused.
 *
 * @throws RegraftError `image-unreadable`
 * @example const pixels = await decodeImage('cat.jpg', backbone.preprocessing);
 */
export const decodeImage = async (
  input: string | Uint8Array,
  { size: [height, width], fit, interpolation }: Preprocessing,
  view: View = plainView,
): Promise<Uint8Array> => {
  const sharp = await loadSharp();

  const decode = async (limitInputPixels: number): Promise<Uint8Array> => {
    const options: SharpOptions = { failOn: 'error', sequentialRead: true, limitInputPixels };
    let image = sharp(input, options).autoOrient();
    if (view.crop) {
      const { autoOrient: seen } = await image.metadata();
      image = image.extract(region(view.crop, seen.width, seen.height));
    }
    image = image
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(width, height, { fit: fit === 'stretch' ? 'fill' : 'cover', kernel: interpolation });
    if (view.mirrored) image = image.flop();
    const pixels = await adjustColours(image, view).raw({ depth: 'uchar' }).toBuffer();
    return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  };

  /** Most images are below the lower limit, so only those above it pay for a second look at the header. */
  const decodeLarge = async (error: unknown): Promise<Uint8Array> => {
    if (!/pixel limit/.test(String(error))) throw error;
    const reason = tooLargeReason(await sharp(input, { limitInputPixels: false }).metadata());
    if (reason !== undefined) throw unreadable(input, reason, error);
    return decode(pixelLimit);
  };

  try {
    return await decode(wholeImagePixelLimit).catch(decodeLarge);
  } catch (error) {
    throw RegraftError.isInstance(error) ? error : unreadable(input, decodeFailure(error), error);
  }
};

import {
  type ExampleSource,
  gradCam,
  type Model,
  normalisePixels,
  type Preprocessing,
  sizeOf,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { throwIfCancelled } from '../../data/cancellation.js';
import { decodeImage } from '../../data/decode-image.js';
import { loadSharp } from '../../data/sharp.js';
import { paintHeat } from './paint-heat.js';
import { type Picture, pictureSide } from './thumbnail.js';

/** An image file and the label whose evidence is sought in it. */
export interface HeatMapRequest {
  readonly file: string;
  readonly label: string;
}

export interface HeatMapOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Images as a network takes them, normalised when they are read. */
const networkInputs = (images: readonly Uint8Array[], preprocessing: Preprocessing): ExampleSource => {
  const shape = [...preprocessing.size, 3];
  const length = sizeOf(shape);
  return {
    shape,
    size: images.length,
    read: (indices, into) => {
      for (const [place, index] of indices.entries())
        normalisePixels(images[index]!, preprocessing, into.subarray(place * length, (place + 1) * length));
    },
  };
};

/** Height and width of what the network sees of an image, as it is seen: a stretched image in its own proportions. */
const seenSize = async (file: string, { fit }: Preprocessing): Promise<[number, number]> => {
  if (fit !== 'stretch') return [pictureSide, pictureSide];
  const sharp = await loadSharp();
  const { width, height } = (await sharp(file).metadata()).autoOrient;
  const scale = pictureSide / Math.max(width, height);
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
};

interface HeatMap {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** A heat map over its image, scaled so that its warmest place is the warmest colour. */
const drawHeatMap = async (
  file: string,
  { values, height, width }: HeatMap,
  preprocessing: Preprocessing,
): Promise<Picture> => {
  const sharp = await loadSharp();
  const [tall, wide] = await seenSize(file, preprocessing);
  const most = Math.max(...values, Number.MIN_VALUE);
  const heat = await sharp(
    Uint8Array.from(values, (value) => Math.round((255 * value) / most)),
    { raw: { width, height, channels: 1 } },
  )
    .resize(wide, tall, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const seen = await decodeImage(file, { ...preprocessing, size: [tall, wide] });
  const webp = await sharp(paintHeat(seen, heat), { raw: { width: wide, height: tall, channels: 3 } })
    .webp({ quality: 75 })
    .toBuffer();
  return { webp };
};

/** What `decode` makes of a file, or why it can't be decoded. */
const orAbsent = async <Result>(decode: Promise<Result>): Promise<Result | { readonly absent: string }> => {
  try {
    return await decode;
  } catch (error) {
    if (!RegraftError.isInstance(error) || error.code !== 'image-unreadable') throw error;
    return { absent: String(error.details.reason) };
  }
};

/**
 * Pictures of where a model found the evidence for a label, by file; a file that can't be decoded has the reason
 * instead. An engine must have been started.
 *
 * @throws RegraftError `cancelled`, `network-invalid` for a network without a feature map
 */
export const drawHeatMaps = async (
  { network, labels, preprocessing }: Model,
  requests: readonly HeatMapRequest[],
  { signal, onProgress }: HeatMapOptions = {},
): Promise<Map<string, Picture>> => {
  const pictures = new Map<string, Picture>();
  const images: Uint8Array[] = [];
  const decoded: HeatMapRequest[] = [];
  for (const request of requests) {
    throwIfCancelled(signal, 'Drawing heat maps');
    const pixels = await orAbsent(decodeImage(request.file, preprocessing));
    if ('absent' in pixels) {
      pictures.set(request.file, pixels);
      continue;
    }
    images.push(pixels);
    decoded.push(request);
  }
  const { maps, height, width } = await gradCam(
    network,
    {
      examples: networkInputs(images, preprocessing),
      labels: decoded.map(({ label }) => labels.indexOf(label)),
    },
    { signal, onProgress: (done, total) => onProgress?.({ done, total }) },
  );
  for (const [index, { file }] of decoded.entries()) {
    const map = { values: maps[index]!, height, width };
    pictures.set(file, await orAbsent(drawHeatMap(file, map, preprocessing)));
  }
  return pictures;
};

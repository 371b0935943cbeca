import { z } from 'zod';
import { unreadable } from '../format-errors.js';

/** The header's length, as a 64-bit integer, comes first. */
const prefix = 8;

/** The limit of the reference implementation. */
const longestHeader = 100_000_000;

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

export type TensorEntry = z.infer<typeof entrySchema>;

const metadataSchema = z.record(z.string(), z.string());

const parseHeader = (bytes: Uint8Array, length: number): unknown => {
  try {
    return JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(prefix, prefix + length)),
    );
  } catch (cause) {
    throw unreadable("A safetensors file's header must be JSON. Received: something else", cause);
  }
};

export interface SafetensorsHeader {
  readonly entries: readonly [string, TensorEntry][];
  /** What the writer said about the file, under `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The bytes behind the header. */
  readonly data: Uint8Array;
}

/** Reads what comes before the tensors of a `.safetensors` file. Throws `weights-unreadable`. */
export const readSafetensorsHeader = (bytes: Uint8Array): SafetensorsHeader => {
  const length =
    bytes.length < prefix
      ? Number.POSITIVE_INFINITY
      : Number(new DataView(bytes.buffer, bytes.byteOffset, prefix).getBigUint64(0, true));
  if (length > Math.min(bytes.length - prefix, longestHeader)) {
    throw unreadable(
      `A safetensors file must hold the header that it announces. Received: ${bytes.length} bytes in all`,
    );
  }
  const header = z.record(z.string(), z.unknown()).safeParse(parseHeader(bytes, length));
  if (!header.success) throw unreadable("A safetensors file's header must be an object. Received: another");
  const entries = Object.entries(header.data)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]): [string, TensorEntry] => {
      const entry = entrySchema.safeParse(value);
      if (!entry.success) {
        throw unreadable(
          `A tensor must have a dtype, a shape and data offsets. Received: others for "${name}"`,
          entry.error,
        );
      }
      return [name, entry.data];
    });
  const metadata = metadataSchema.safeParse(header.data.__metadata__);
  return { entries, metadata: metadata.data ?? {}, data: bytes.subarray(prefix + length) };
};

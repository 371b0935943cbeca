import { RegraftError } from '@regraft/errors';
import { z } from 'zod';

const magic = 'REGRAFT\n';
const version = 1;
const prefixLength = magic.length + 8;
const digestLength = 32;

/** JSON values and named float32 arrays: what a checkpoint's bytes hold. */
export interface CheckpointContent {
  readonly header: unknown;
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

const envelopeSchema = z.object({
  header: z.unknown(),
  arrays: z.array(z.object({ name: z.string(), length: z.int().nonnegative() })),
});

const broken = (received: string): RegraftError =>
  new RegraftError({
    code: 'run-not-resumable',
    message: `A checkpoint must be whole and of this version. Received: ${received}.`,
    hint: 'Resume from an earlier checkpoint, or start the run anew.',
  });

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/**
 * Packs a checkpoint: a magic word, format version and header length (uint32), the header as JSON padded to four
 * bytes, the arrays' float32 values, and the sha256 of all that. Little endian.
 *
 * @example const bytes = await encodeCheckpoint({ header: { epoch: 3 }, arrays: new Map([['mean', mean]]) });
 */
export const encodeCheckpoint = async ({ header, arrays }: CheckpointContent): Promise<Uint8Array> => {
  const listed = [...arrays].map(([name, { length }]) => ({ name, length }));
  const json = JSON.stringify({ header, arrays: listed });
  const text = new TextEncoder().encode(json.padEnd(json.length + 3));
  const textLength = text.length - (text.length % 4);
  const valueCount = listed.reduce((total, { length }) => total + length, 0);
  const bytes = new Uint8Array(prefixLength + textLength + 4 * valueCount + digestLength);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(magic.length, version, true);
  view.setUint32(magic.length + 4, textLength, true);
  bytes.set(text.subarray(0, textLength), prefixLength);
  let offset = prefixLength + textLength;
  for (const values of arrays.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  bytes.set(await digest(bytes.subarray(0, offset)), offset);
  return bytes;
};

const readText = (bytes: Uint8Array): { envelope: z.infer<typeof envelopeSchema>; end: number } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = prefixLength + view.getUint32(magic.length + 4, true);
  const parsed = envelopeSchema.safeParse(
    JSON.parse(new TextDecoder().decode(bytes.subarray(prefixLength, end))),
  );
  if (!parsed.success) throw broken('a header of another form');
  return { envelope: parsed.data, end };
};

/**
 * Unpacks what `encodeCheckpoint` packed. Throws `run-not-resumable` for bytes that are cut short, changed, or of
 * another version.
 *
 * @example const { header, arrays } = await decodeCheckpoint(bytes);
 */
export const decodeCheckpoint = async (source: Uint8Array): Promise<CheckpointContent> => {
  if (source.length < prefixLength + digestLength) throw broken(`${source.length} bytes`);
  const bytes = Uint8Array.from(source);
  const view = new DataView(bytes.buffer);
  if (new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic)
    throw broken('another kind of file');
  const found = view.getUint32(magic.length, true);
  if (found !== version) throw broken(`version ${found} where this release reads ${version}`);
  const end = bytes.length - digestLength;
  const expected = await digest(bytes.subarray(0, end));
  if (expected.some((byte, index) => byte !== bytes[end + index])) {
    throw broken('bytes that are cut short or changed');
  }
  const { envelope, end: headerEnd } = readText(bytes);
  const arrays = new Map<string, Float32Array>();
  let offset = headerEnd;
  for (const { name, length } of envelope.arrays) {
    arrays.set(name, new Float32Array(bytes.buffer, offset, length).slice());
    offset += 4 * length;
  }
  return { header: envelope.header, arrays };
};

import { unreadable } from '../format-errors.js';
import { listSome } from '../list-some.js';
import { parseJson } from '../parse-json.js';
import type { ReadNetwork } from '../read-network.js';
import { parseModelJson } from './model-json.js';
import { readTfjsLayers } from './read-tfjs-layers.js';

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

const concatenate = (parts: readonly Uint8Array[]): Uint8Array => {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/**
 * Reads a TensorFlow.js layers model from files by name: the model.json of that name, and the weight files
 * its manifest lists beside it. Throws `weights-unreadable` naming a weight file that is missing.
 */
export const readTfjsLayersFiles = (
  files: ReadonlyMap<string, Uint8Array>,
  modelJsonName: string,
): ReadNetwork => {
  const modelJson = parseJson(files.get(modelJsonName)!, modelJsonName);
  const shards = parseModelJson(modelJson).weightsManifest.flatMap(({ paths }) => paths);
  const data = shards.map((path) => {
    const bytes = files.get(`${folderOf(modelJsonName)}${path.replace(/^\.\//, '')}`);
    if (bytes !== undefined) return bytes;
    throw unreadable(
      `${modelJsonName} must have its weight file "${path}" beside it. Received: ${listSome([...files.keys()], 8)}`,
    );
  });
  return readTfjsLayers(modelJson, concatenate(data));
};

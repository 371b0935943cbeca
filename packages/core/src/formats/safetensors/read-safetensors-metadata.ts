import { readSafetensorsHeader } from './safetensors-header.js';

/**
 * What the writer of a `.safetensors` file said about it: the header's `__metadata__`, empty where there is none.
 * Throws `weights-unreadable`.
 *
 * @example readSafetensorsMetadata(bytes).format // 'pt'
 */
export const readSafetensorsMetadata = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  readSafetensorsHeader(bytes).metadata;

import { unreadable } from './format-errors.js';

/** Parses UTF-8 JSON, with or without a byte order mark; throws `weights-unreadable` naming the file. */
export const parseJson = (bytes: Uint8Array, name: string): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    throw unreadable(`${name} must be JSON. Received: ${String(error)}`, error);
  }
};

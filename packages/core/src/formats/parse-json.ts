import { unreadable } from './format-errors.js';

/** Parses UTF-8 JSON, with or without a byte order mark; throws `weights-unreadable` naming the file. */
export const parseJson = (text: Uint8Array | string, name: string): unknown => {
  try {
    return JSON.parse(typeof text === 'string' ? text : new TextDecoder().decode(text)) as unknown;
  } catch (error) {
    throw unreadable(`${name} must be JSON. Received: ${String(error)}`, error);
  }
};

import { unreadable } from '../format-errors.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads forward through bytes; going past the end is `weights-unreadable`. */
export class ByteCursor {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A view of the next `count` bytes. */
  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** Exact up to 2^53; what is beyond is longer than any file anyway. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Big endian, as pickles hold it. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  text(length: number): string {
    const bytes = this.take(length);
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw unreadable(
        `Text in a weight file must be UTF-8. Received: other bytes at ${this.position}`,
        cause,
      );
    }
  }

  /** The text up to the next newline, which is read too. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.position);
    if (end < 0) throw this.#tooShort(1);
    const text = this.text(end - this.position);
    this.position++;
    return text;
  }

  #advance(count: number): number {
    const start = this.position;
    if (count > this.#bytes.length - start) throw this.#tooShort(count);
    this.position = start + count;
    return start;
  }

  #tooShort(count: number): Error {
    return unreadable(
      `A weight file must be whole. Received: ${this.#bytes.length} bytes where ${count} more are needed at ${this.position}`,
    );
  }
}

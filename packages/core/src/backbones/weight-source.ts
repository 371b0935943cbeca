import type { BackboneSource } from './backbone-spec.js';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all where that is known. */
  readonly onProgress?: (done: number, total?: number) => void;
}

/** What brings the bytes of weights from where they are; one for Node, one for the browser, one for a test. */
export interface WeightSource {
  /** Throws `backbone-unavailable` where the source is out of reach, `cancelled` once the signal is aborted. */
  fetch(source: BackboneSource, options?: FetchOptions): Promise<Uint8Array>;
}

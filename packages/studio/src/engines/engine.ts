/** What can train, in the order of the automatic choice. */
export const engineNames = ['native', 'wasm', 'cpu'] as const;

/** `native` is TensorFlow's own library, `wasm` and `cpu` are part of TensorFlow.js. */
export type EngineName = (typeof engineNames)[number];

/** What trains: stored with a run, because another engine or thread count gives other last bits. */
export interface EngineFacts {
  readonly backend: EngineName;
  /** Threads of the training backend. */
  readonly threads: number;
  /** What runs the frozen trunk. */
  readonly trunk: 'onnxruntime' | 'tfjs';
  readonly versions: Readonly<Record<string, string>>;
}

/** What trains: stored with a run, because another engine or thread count gives other last bits. */
export interface EngineFacts {
  /** The TensorFlow.js backend that trains. */
  readonly backend: 'wasm' | 'cpu';
  /** Threads of the training backend. */
  readonly threads: number;
  /** What runs the frozen trunk. */
  readonly trunk: 'onnxruntime' | 'tfjs';
  readonly versions: Readonly<Record<string, string>>;
}

/** The parts of an installation, in their order. */
export type InstallStepName = 'check' | 'download' | 'unpack' | 'build' | 'prove';

export interface InstallStep {
  readonly step: InstallStepName;
  /** Bytes, where the step counts them. */
  readonly done?: number;
  readonly total?: number;
}

export interface InstallContext {
  readonly signal: AbortSignal | undefined;
  readonly onStep: (step: InstallStep) => void;
}

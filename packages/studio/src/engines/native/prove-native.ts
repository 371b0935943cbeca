import { createRequire } from 'node:module';
import { runCommand } from '../../backbones/run-command.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import type { FoundNative } from './find-natives.js';

export interface NativeProof {
  readonly versions: Readonly<Record<string, string>>;
  /** Of the gradient from that of the cpu engine, relative to its largest value. */
  readonly difference: number;
}

/** Rounding stays far below it. */
const largestDifference = 1e-4;

const proofPath = (): string => createRequire(import.meta.url).resolve('@regraft/studio/native-proof');

/**
 * Takes a real training step with a native engine in a process of its own and holds its gradient to the cpu engine's.
 *
 * @throws RegraftError `engine-unavailable` where it fails or differs
 */
export const proveNative = async (
  native: FoundNative,
  signal: AbortSignal | undefined,
): Promise<NativeProof> => {
  const outcome = await runCommand(process.execPath, [proofPath(), JSON.stringify(native)], { signal });
  const hint = `Install it again: ${installNativeCommand}`;
  if (outcome?.exitCode !== 0) {
    const [, reason] = /Received: (.*)/.exec(outcome?.errorText ?? '') ?? [];
    throw engineUnavailable(
      `The native engine must take a training step. Received: ${reason ?? `a process that ended with ${outcome?.endedBy ?? outcome?.exitCode}`}`,
      hint,
      new Error(outcome?.errorText),
    );
  }
  const proof = JSON.parse(outcome.output) as NativeProof;
  if (proof.difference <= largestDifference) return proof;
  throw engineUnavailable(
    `The native engine must give the gradients of the cpu engine. Received: a difference of ${proof.difference}`,
    hint,
  );
};

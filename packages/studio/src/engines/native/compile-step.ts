import { tmpdir } from 'node:os';
import type { FunctionCompiler } from '@regraft/core';
import { compileGraph } from '@regraft/kernels/graph';
import { engineUnavailable } from '../engine-unavailable.js';

/**
 * `compileGraph`, with a sentence for a temporary folder that can't be written to.
 *
 * @throws RegraftError `engine-unavailable`
 */
export const compileStep: FunctionCompiler = (compute, examples) => {
  try {
    return compileGraph(compute, examples);
  } catch (cause) {
    const { syscall, message } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    throw engineUnavailable(
      `The native engine must be able to write to the temporary folder ${tmpdir()}. Received: ${message}`,
      'Make room there, name another one (TMPDIR=folder), or use another engine: --engine wasm',
      cause,
    );
  }
};

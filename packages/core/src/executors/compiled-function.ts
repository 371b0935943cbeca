import * as tf from '@tensorflow/tfjs';

/** New tensors from tensors. */
export type TensorFunction = (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];

export interface CompiledFunction {
  run(inputs: readonly tf.Tensor[]): tf.Tensor[];
  dispose(): void;
}

/**
 * Compiles a function for inputs of the shapes and types of `examples`. The function is called once, to see what it
 * does: whatever it makes itself is the same in every run.
 */
export type FunctionCompiler = (compute: TensorFunction, examples: readonly tf.Tensor[]) => CompiledFunction;

const compilers = new Map<string, FunctionCompiler>();

/** Compiles the training steps of a backend from now on; without a compiler it is told them op by op. */
export const registerFunctionCompiler = (backend: string, compiler: FunctionCompiler): void => {
  compilers.set(backend, compiler);
};

/** A function without state: it takes the variables' values behind its inputs, and gives them behind its outputs. */
const withoutState =
  (compute: TensorFunction, variables: readonly tf.Variable[]): TensorFunction =>
  (tensors) => {
    const inputs = tensors.slice(0, tensors.length - variables.length);
    const outputs = compute(inputs);
    return [...outputs, ...variables.map((variable) => variable.clone())];
  };

/** Runs what changes variables and gives them back the values that they had. */
const restoring = <Result>(variables: readonly tf.Variable[], run: () => Result): Result => {
  const values = variables.map((variable) => tf.keep(variable.clone()));
  try {
    return run();
  } finally {
    for (const [index, variable] of variables.entries()) variable.assign(values[index]!);
    tf.dispose(values);
  }
};

/** A function that is told the backend op by op. */
export const interpretFunction = (compute: TensorFunction): CompiledFunction => ({
  run: (inputs) => [...tf.tidy(() => compute(inputs) as tf.Tensor[])],
  dispose: () => undefined,
});

/**
 * A function that reads tensors and changes variables, compiled where the current backend has a compiler, once for
 * each shape of its inputs. All variables that it changes and that are read elsewhere must be named; random numbers and
 * numbers that differ between runs must be inputs.
 */
export const compileFunction = (
  compute: TensorFunction,
  variables: readonly tf.Variable[],
): CompiledFunction => {
  const compiler = compilers.get(tf.getBackend());
  if (compiler === undefined) return interpretFunction(compute);
  const forms = new Map<string, CompiledFunction>();
  const formFor = (inputs: readonly tf.Tensor[]): CompiledFunction => {
    const key = inputs.map(({ dtype, shape }) => `${dtype} ${shape}`).join(';');
    const known = forms.get(key);
    if (known !== undefined) return known;
    const form = restoring(variables, () =>
      compiler(withoutState(compute, variables), [...inputs, ...variables]),
    );
    forms.set(key, form);
    return form;
  };
  return {
    run: (inputs) => {
      const results = formFor(inputs).run([...inputs, ...variables]);
      for (const [index, variable] of variables.entries()) {
        const value = results[results.length - variables.length + index]!;
        variable.assign(value);
        value.dispose();
      }
      return results.slice(0, results.length - variables.length);
    },
    dispose: () => {
      for (const form of forms.values()) form.dispose();
    },
  };
};

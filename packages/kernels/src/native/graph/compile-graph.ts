import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { type NativeBackend, nativeBackend } from '../native-backend.js';
import { defineGraph, type GraphDefinition } from './graph-definition.js';
import { type Recording, recordOps } from './recording.js';
import { encodeSavedModel } from './saved-model.js';

/** A function of tensors as one graph of TensorFlow's. */
export interface CompiledGraph {
  /** New tensors, from inputs of the shapes and types it was compiled for. */
  run(inputs: readonly tf.Tensor[]): tf.Tensor[];
  dispose(): void;
}

const tag = 'regraft';

/** tfjs-node runs graphs that it loads from a folder. */
const loadGraph = (backend: NativeBackend, { nodes }: GraphDefinition): number => {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes, tag));
    return backend.binding.loadSavedModel(folder, tag);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

type Compute = (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];

const record = (
  backend: NativeBackend,
  compute: Compute,
  examples: readonly tf.Tensor[],
): GraphDefinition => {
  const ids = backend.getInputTensorIds(examples);
  const inputs = examples.map(({ shape, dtype }, index) => ({
    id: ids[index]!,
    shape,
    dtype: backend.getDTypeInteger(dtype),
  }));
  let outputs: number[] = [];
  let recording: Recording | undefined;
  tf.tidy(() => {
    recording = recordOps(backend, () => {
      outputs = backend.getInputTensorIds(compute(examples));
    });
  });
  return defineGraph(backend.binding, recording!, inputs, outputs);
};

/**
 * Compiles a function to one graph of TensorFlow's, which its graph compiler fuses and runs without a call for every
 * op, as `tf.function` does in Python. `compute` runs once, on `examples`; the ops it asks for are the function. So it
 * must be pure: a number or tensor it makes itself is the same in every run, random ones too, and it must not read
 * values. Tensors from outside that it uses are read anew in every run and must outlive it. The current backend must be
 * tfjs-node's.
 *
 * Throws TensorFlow's message for an op that can't be part of a graph.
 *
 * @example
 * const step = compileGraph(([x, y]) => [tf.matMul(x, y)], [tf.zeros([2, 3]), tf.zeros([3, 4])]);
 * const [product] = step.run([a, b]);
 */
export const compileGraph = (compute: Compute, examples: readonly tf.Tensor[]): CompiledGraph => {
  const backend = nativeBackend();
  const graph = record(backend, compute, examples);
  const id = loadGraph(backend, graph);
  const inputNames = graph.inputs.join(',');
  const outputNames = graph.outputs.join(',');
  return {
    run: (tensors) => {
      const ids = [...backend.getInputTensorIds(tensors), ...graph.captured];
      return backend.binding
        .runSavedModel(id, ids, inputNames, outputNames)
        .map((handle) => backend.createOutputTensor(handle));
    },
    dispose: () => backend.binding.deleteSavedModel(id),
  };
};

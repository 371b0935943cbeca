import * as tf from '@tensorflow/tfjs';
import type { FoundNative } from './find-natives.js';
import { loadNative } from './load-native.js';
import { relativeDifference, takeTrainingStep } from './training-step.js';

// Run as a process of its own by proveNative: what is wrong with a library may end the process that loads it.
const native = JSON.parse(process.argv[2]!) as FoundNative;
const { versions } = await loadNative([native], 1);
const step = takeTrainingStep();
await tf.setBackend('cpu');
const difference = relativeDifference(step.gradient, takeTrainingStep().gradient);
process.stdout.write(JSON.stringify({ versions, difference }));
process.exit(0);

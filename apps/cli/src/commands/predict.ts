import { predictFiles, predictTogether } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { renderJointPrediction, renderPrediction } from '../output/prediction-lines.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

interface PredictOptions extends CommonOptions, EngineOptions {
  readonly top: number;
  readonly accuracy?: number;
  readonly always?: boolean;
}

export const predict = async (
  reference: string,
  files: readonly string[],
  options: PredictOptions,
): Promise<void> => {
  const output = createOutput(options);
  const { accuracy, always, top } = options;
  const references = reference.split(',').filter((name) => name !== '');
  await withStore(options, 'existing', async (store) => {
    const rules = { accuracy, always, engine: engineHere(options), signal: interruptSignal() };
    if (references.length > 1) {
      const joint = await predictTogether(store, references, files, rules);
      output.data(joint);
      for (const line of renderJointPrediction(joint)) output.line(line);
      if (joint.versions[0]!.files.some((entry) => 'error' in entry)) process.exitCode = 13;
      return;
    }
    const prediction = await predictFiles(store, reference, files, rules);
    output.data(prediction);
    for (const line of renderPrediction(prediction, top)) output.line(line);
    if (prediction.files.some((entry) => 'error' in entry)) process.exitCode = 13;
  });
};

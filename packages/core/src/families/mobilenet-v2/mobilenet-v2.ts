import { z } from 'zod';
import { alphaCandidates } from '../alpha-candidates.js';
import type { Dialect } from '../dialect.js';
import { type BlueprintDraft, draftBlueprint } from '../draft-blueprint.js';
import { commonHyperParameters, defineFamily, inputSize } from '../family.js';
import { imageNetStatistics, plusMinusOne } from '../preprocessing-conventions.js';
import { roundChannels } from '../round-channels.js';
import { torchvisionLayers } from './torchvision-layers.js';

/** Expansion, channels, repeats and first stride of each stage (Sandler et al. 2018, table 2). */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

const keras: Dialect = {
  id: 'keras',
  convention: 'keras',
  layerName: (layer) => layer,
  hyperParameters: { variant: 'keras' },
  preprocessing: plusMinusOne,
};

const keras3: Dialect = { ...keras, id: 'keras-3', convention: 'keras-3' };

const torchvision: Dialect = {
  id: 'torchvision',
  convention: 'pytorch',
  layerName: (layer) => torchvisionLayers.get(layer)!,
  hyperParameters: { variant: 'torchvision' },
  preprocessing: imageNetStatistics,
};

/**
 * Where the two implementations differ. Before a stride Keras pads as TensorFlow's `same` does, torchvision by one
 * pixel on each side; Keras cuts a scaled channel count to an integer before rounding it.
 */
const variants = {
  keras: { epsilon: 1e-3, stridedPadding: 'same', scale: Math.trunc, dropout: 0 },
  torchvision: {
    epsilon: 1e-5,
    stridedPadding: { top: 1, bottom: 1, left: 1, right: 1 },
    scale: (channels: number) => channels,
    dropout: 0.2,
  },
} as const;

interface BlockOptions {
  readonly prefix: string;
  readonly expansion: number;
  readonly channels: number;
  readonly stride: number;
  readonly variant: (typeof variants)[keyof typeof variants];
}

const drawBlock = (
  draft: BlueprintDraft,
  { prefix, expansion, channels, stride, variant: { epsilon, stridedPadding } }: BlockOptions,
): void => {
  const before = draft.last;
  if (expansion > 1) {
    draft.conv2d(`${prefix}_expand`, { size: 1, channels: before.channels * expansion });
    draft.batchNorm(`${prefix}_expand_BN`, epsilon);
    draft.activation(`${prefix}_expand_relu`, 'relu6');
  }
  const padding = stride === 1 ? 'same' : stridedPadding;
  draft.depthwiseConv2d(`${prefix}_depthwise`, { size: 3, stride, padding });
  draft.batchNorm(`${prefix}_depthwise_BN`, epsilon);
  draft.activation(`${prefix}_depthwise_relu`, 'relu6');
  draft.conv2d(`${prefix}_project`, { size: 1, channels });
  draft.batchNorm(`${prefix}_project_BN`, epsilon);
  if (stride === 1 && before.channels === channels) draft.add(`${prefix}_add`, before.name);
};

/**
 * MobileNet v2 at any alpha. Layers are named as in `keras.applications.MobileNetV2`; the variant chooses between
 * its details and those of `torchvision.models.mobilenet_v2`.
 */
export const mobilenetV2 = defineFamily({
  id: 'mobilenet-v2',
  title: 'MobileNet v2',
  paper: 'Sandler et al. 2018, arXiv:1801.04381',
  hyperParameters: z.strictObject({
    /** Scales the channels of every layer; the last one never has fewer than 1280. */
    alpha: z.number().positive().default(1),
    variant: z.enum(['keras', 'torchvision']).default('keras'),
    inputSize: inputSize.default(224),
    ...commonHyperParameters,
  }),
  dialects: [keras, keras3, torchvision],
  candidates: alphaCandidates([1, 0.35, 0.5, 0.75, 1.3, 1.4]),
  inputLayer: 'Conv1',
  classifierLayer: 'predictions',
  draw: ({ alpha, variant: variantName, inputSize: side, inputChannels, classes }) => {
    const variant = variants[variantName];
    const { epsilon, stridedPadding, dropout } = variant;
    const draft = draftBlueprint('mobilenet-v2', [side, side, inputChannels], keras);
    const stem = { size: 3, stride: 2, padding: stridedPadding, channels: roundChannels(32 * alpha, 8) };
    draft.conv2d('Conv1', stem);
    draft.batchNorm('bn_Conv1', epsilon);
    draft.activation('Conv1_relu', 'relu6');
    let block = 0;
    for (const [expansion, width, repeats, firstStride] of stages) {
      const channels = roundChannels(variant.scale(width * alpha), 8);
      for (let repeat = 0; repeat < repeats; repeat++) {
        const prefix = block === 0 ? 'expanded_conv' : `block_${block}`;
        drawBlock(draft, { prefix, expansion, channels, stride: repeat === 0 ? firstStride : 1, variant });
        block++;
      }
    }
    draft.conv2d('Conv_1', { size: 1, channels: roundChannels(1280 * Math.max(1, alpha), 8) });
    draft.batchNorm('Conv_1_bn', epsilon);
    draft.activation('out_relu', 'relu6');
    draft.globalAveragePool('global_average_pooling2d', false);
    if (classes !== undefined) {
      if (dropout > 0) draft.dropout('dropout', dropout);
      draft.dense('predictions', classes);
      draft.activation('predictions_softmax', 'softmax');
    }
    return draft.finish();
  },
});

import { z } from 'zod';
import type { Dialect } from '../dialect.js';
import { type BlueprintDraft, draftBlueprint } from '../draft-blueprint.js';
import { commonHyperParameters, defineFamily, inputSize } from '../family.js';
import { centredBytes } from '../preprocessing-conventions.js';
import { roundChannels } from '../round-channels.js';

const epsilon = 1e-3;

/** Width and depth multipliers, input size and dropout rate of each variant. */
const variants = {
  lite0: { width: 1, depth: 1, resolution: 224, dropout: 0.2 },
  lite1: { width: 1, depth: 1.1, resolution: 240, dropout: 0.2 },
  lite2: { width: 1.1, depth: 1.2, resolution: 260, dropout: 0.3 },
  lite3: { width: 1.2, depth: 1.4, resolution: 280, dropout: 0.3 },
  lite4: { width: 1.4, depth: 1.8, resolution: 300, dropout: 0.3 },
} as const;

/** Repeats, kernel size, first stride, expansion and channels of each stage of lite0. */
const stages = [
  [1, 3, 1, 1, 16],
  [2, 3, 2, 6, 24],
  [2, 5, 2, 6, 40],
  [3, 3, 2, 6, 80],
  [3, 5, 1, 6, 112],
  [4, 5, 2, 6, 192],
  [1, 3, 1, 6, 320],
] as const;

/** `blocks.0.depthwise_conv` is `_blocks.0._depthwise_conv` there: every name starts with an underscore. */
const pytorch: Dialect = {
  id: 'efficientnet-lite-pytorch',
  convention: 'pytorch',
  layerName: (layer) => layer.replace(/(^|\.)(?=[a-z])/g, '$1_'),
  hyperParameters: {},
  preprocessing: centredBytes,
};

interface BlockOptions {
  readonly prefix: string;
  readonly size: number;
  readonly stride: number;
  readonly expansion: number;
  readonly channels: number;
}

const drawBlock = (
  draft: BlueprintDraft,
  { prefix, size, stride, expansion, channels }: BlockOptions,
): void => {
  const before = draft.last;
  if (expansion > 1) {
    draft.conv2d(`${prefix}.expand_conv`, { size: 1, channels: before.channels * expansion });
    draft.batchNorm(`${prefix}.bn0`, epsilon);
    draft.activation(`${prefix}.expand_relu6`, 'relu6');
  }
  draft.depthwiseConv2d(`${prefix}.depthwise_conv`, { size, stride });
  draft.batchNorm(`${prefix}.bn1`, epsilon);
  draft.activation(`${prefix}.depthwise_relu6`, 'relu6');
  draft.conv2d(`${prefix}.project_conv`, { size: 1, channels });
  draft.batchNorm(`${prefix}.bn2`, epsilon);
  if (stride === 1 && before.channels === channels) draft.add(`${prefix}.add`, before.name);
};

/**
 * EfficientNet-Lite 0-4: EfficientNet without squeeze-and-excitation, with ReLU6, and with stem and head at one width
 * in every variant. Weights are named as in the `efficientnet_lite_pytorch` package, whose static padding is
 * TensorFlow's `same` at each variant's own input size.
 */
export const efficientnetLite = defineFamily({
  id: 'efficientnet-lite',
  title: 'EfficientNet-Lite',
  paper: 'Tan and Le 2019, arXiv:1905.11946; Liu 2020, EfficientNet-Lite',
  hyperParameters: z.strictObject({
    variant: z.enum(['lite0', 'lite1', 'lite2', 'lite3', 'lite4']),
    /** The variant's own where it is left out. */
    inputSize: inputSize.optional(),
    ...commonHyperParameters,
  }),
  dialects: [pytorch],
  candidates: Object.keys(variants).map((variant) => ({ variant })),
  inputLayer: 'conv_stem',
  classifierLayer: 'fc',
  draw: ({ variant, inputSize: chosenSize, inputChannels, classes }) => {
    const { width, depth, resolution, dropout } = variants[variant];
    const side = chosenSize ?? resolution;
    const draft = draftBlueprint(`efficientnet-${variant}`, [side, side, inputChannels], pytorch);
    draft.conv2d('conv_stem', { size: 3, stride: 2, channels: 32 });
    draft.batchNorm('bn0', epsilon);
    draft.activation('stem_relu6', 'relu6');
    let block = 0;
    for (const [index, [repeats, size, firstStride, expansion, stageChannels]] of stages.entries()) {
      const channels = roundChannels(stageChannels * width, 8);
      const isScaled = index > 0 && index < stages.length - 1;
      const count = isScaled ? Math.ceil(repeats * depth) : repeats;
      for (let repeat = 0; repeat < count; repeat++) {
        const stride = repeat === 0 ? firstStride : 1;
        drawBlock(draft, { prefix: `blocks.${block}`, size, stride, expansion, channels });
        block++;
      }
    }
    draft.conv2d('conv_head', { size: 1, channels: 1280 });
    draft.batchNorm('bn1', epsilon);
    draft.activation('head_relu6', 'relu6');
    draft.globalAveragePool('global_pool', false);
    if (classes !== undefined) {
      draft.dropout('dropout', dropout);
      draft.dense('fc', classes);
      draft.activation('softmax', 'softmax');
    }
    return draft.finish();
  },
});

import { z } from 'zod';
import type { Padding } from '../../network/network.js';
import { alphaCandidates } from '../alpha-candidates.js';
import type { Dialect } from '../dialect.js';
import { type BlueprintDraft, draftBlueprint } from '../draft-blueprint.js';
import { commonHyperParameters, defineFamily, inputSize } from '../family.js';
import { plusMinusOne } from '../preprocessing-conventions.js';

const epsilon = 1e-3;

/** Channels and stride of each depthwise separable block (Howard et al. 2017, table 1). */
const blocks = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

const keras: Dialect = {
  id: 'keras',
  convention: 'keras',
  layerName: (layer) => layer,
  hyperParameters: {},
  preprocessing: plusMinusOne,
};

const keras3: Dialect = { ...keras, id: 'keras-3', convention: 'keras-3' };

const normalise = (draft: BlueprintDraft, layer: string): void => {
  draft.batchNorm(`${layer}_bn`, epsilon);
  draft.activation(`${layer}_relu`, 'relu6');
};

/** Keras pads below and to the right before a stride, whatever the input's size. */
const padding = (stride: number): Padding =>
  stride === 1 ? 'same' : { top: 0, bottom: 1, left: 0, right: 1 };

/** MobileNet v1 as `keras.applications.MobileNet` builds and names it, at any alpha and depth multiplier. */
export const mobilenetV1 = defineFamily({
  id: 'mobilenet-v1',
  title: 'MobileNet v1',
  paper: 'Howard et al. 2017, arXiv:1704.04861',
  hyperParameters: z.strictObject({
    /** Scales the channels of every layer. */
    alpha: z.number().positive().default(1),
    /** Outputs of each depthwise convolution for each of its channels. */
    depthMultiplier: z.int().positive().default(1),
    inputSize: inputSize.default(224),
    ...commonHyperParameters,
  }),
  dialects: [keras, keras3],
  candidates: alphaCandidates([1, 0.75, 0.5, 0.25]),
  inputLayer: 'conv1',
  classifierLayer: 'conv_preds',
  draw: ({ alpha, depthMultiplier, inputSize: side, inputChannels, classes }) => {
    const scale = (channels: number): number => Math.floor(channels * alpha);
    const draft = draftBlueprint('mobilenet-v1', [side, side, inputChannels], keras);
    draft.conv2d('conv1', { size: 3, stride: 2, channels: scale(32) });
    normalise(draft, 'conv1');
    for (const [index, [channels, stride]] of blocks.entries()) {
      const depthwise = { size: 3, stride, padding: padding(stride), multiplier: depthMultiplier };
      draft.depthwiseConv2d(`conv_dw_${index + 1}`, depthwise);
      normalise(draft, `conv_dw_${index + 1}`);
      draft.conv2d(`conv_pw_${index + 1}`, { size: 1, channels: scale(channels) });
      normalise(draft, `conv_pw_${index + 1}`);
    }
    draft.globalAveragePool('global_average_pooling2d', classes !== undefined);
    if (classes !== undefined) {
      draft.dropout('dropout', 1e-3);
      draft.conv2d('conv_preds', { size: 1, channels: classes, bias: true });
      draft.reshape('reshape_2', [classes]);
      draft.activation('predictions', 'softmax');
    }
    return draft.finish();
  },
});

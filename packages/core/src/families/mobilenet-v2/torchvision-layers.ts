/** What torchvision calls the layers of block `index`, by their Keras suffix; the first block does not expand. */
const blockLayers = (index: number): readonly (readonly [string, string])[] =>
  index === 0
    ? [
        ['depthwise', '0.0'],
        ['depthwise_BN', '0.1'],
        ['project', '1'],
        ['project_BN', '2'],
      ]
    : [
        ['expand', '0.0'],
        ['expand_BN', '0.1'],
        ['depthwise', '1.0'],
        ['depthwise_BN', '1.1'],
        ['project', '2'],
        ['project_BN', '3'],
      ];

/** Keras's layer names of MobileNet v2 and what `torchvision.models.mobilenet_v2` calls the same layers. */
export const torchvisionLayers: ReadonlyMap<string, string> = new Map([
  ['Conv1', 'features.0.0'],
  ['bn_Conv1', 'features.0.1'],
  ...Array.from({ length: 17 }, (_, index) =>
    blockLayers(index).map(([suffix, place]): [string, string] => [
      `${index === 0 ? 'expanded_conv' : `block_${index}`}_${suffix}`,
      `features.${index + 1}.conv.${place}`,
    ]),
  ).flat(),
  ['Conv_1', 'features.18.0'],
  ['Conv_1_bn', 'features.18.1'],
  ['predictions', 'classifier.1'],
]);

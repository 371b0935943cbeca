import type { FitFlags } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { choiceKeys, useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';

type Depth = Pick<FitFlags, 'depth' | 'unfreeze'>;

const choices: readonly Choice<Depth>[] = [
  {
    value: { depth: 'auto' },
    label: 'Find out',
    detail: 'several depths compared on images held back: 5 minutes at most',
  },
  {
    value: { unfreeze: 'none' },
    label: 'The head alone',
    detail: 'the quickest; with few images often the best',
  },
  { value: { unfreeze: '2' }, label: 'The last 2 blocks', detail: 'each pass runs a tenth of the network' },
  { value: { unfreeze: '4' }, label: 'The last 4 blocks', detail: 'for a few hundred images of each label' },
  { value: { unfreeze: 'all' }, label: 'All of it', detail: 'the slowest; for thousands of images' },
];

const isSame = (a: Depth, b: Depth): boolean => a.depth === b.depth && a.unfreeze === b.unfreeze;

/** How much of the network is to learn. */
export const ChooseDepth = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { depth, unfreeze, ...flags } = draft.flags;
  const taken = choices.findIndex(({ value }) =>
    isSame(value, { ...(depth ? { depth } : {}), ...(unfreeze ? { unfreeze } : {}) }),
  );
  return (
    <Screen
      title="New model"
      aside="3 of 4"
      keys={choiceKeys}
      help={[
        'A network is a stack of blocks. The lower ones see edges and textures and serve nearly any picture: they stay frozen. The upper ones see parts of things and may have to learn yours.',
        'More blocks need more images and more time. “Find out” trains several depths on the same images and keeps the best by images that none of them learned from.',
      ]}
    >
      <Text bold>How much of it shall learn?</Text>
      <Box height={1} />
      <ChoiceList
        choices={choices}
        start={Math.max(0, taken)}
        rows={rows - 2}
        onChoose={(chosen) => {
          change({ flags: { ...flags, ...chosen } });
          navigation.open({ screen: 'review' });
        }}
      />
    </Screen>
  );
};

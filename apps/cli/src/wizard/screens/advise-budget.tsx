import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { choiceKeys, useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';

const choices: readonly Choice<number | undefined>[] = [
  { value: undefined, label: '5 minutes', detail: 'enough for a few hundred images' },
  { value: 60, label: '1 minute', detail: 'the head and little more' },
  { value: 1200, label: '20 minutes', detail: 'deeper, and several seeds where it is close' },
  { value: 3600, label: '1 hour', detail: 'for thousands of images' },
];

/** How long the comparison may take. */
export const AdviseBudget = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { budget: taken, ...advice } = draft.advice;
  return (
    <Screen
      title={`Advice on ${advice.version ?? ''}`}
      aside="3 of 4"
      keys={choiceKeys}
      help={[
        'Advice tries several ways to train on the new images and compares them on images that none of them learned from. What there is no time for is left out, and you are told.',
      ]}
    >
      <Text bold>How long may it compare?</Text>
      <Box height={1} flexShrink={0} />
      <ChoiceList
        choices={choices}
        start={Math.max(
          0,
          choices.findIndex(({ value }) => value === taken),
        )}
        rows={rows - 2}
        onChoose={(budget) => {
          change({ advice: { ...advice, ...(budget === undefined ? {} : { budget }) } });
          navigation.open({ screen: 'advice-review' });
        }}
      />
    </Screen>
  );
};

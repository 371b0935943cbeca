import { type FitFlags, labelRelation } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { choiceKeys, useBodyRows } from '../layout/frame.js';
import { Paragraph } from '../layout/paragraph.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { relationWords } from './relation-words.js';

type Head = NonNullable<FitFlags['head']>;

const choices: Record<Head, Choice<Head>> = {
  keep: { value: 'keep', label: 'Keep the head', detail: 'it goes on learning the same labels' },
  extend: {
    value: 'extend',
    label: 'Extend the head',
    detail: 'it keeps its labels and learns the new ones',
  },
  replace: {
    value: 'replace',
    label: 'Replace the head',
    detail: 'it knows the labels of these images alone',
  },
};

/** What can be done with the head, the best first. */
const headsFor = (labels: readonly string[], known: readonly string[]): Head[] => {
  const { relation } = labelRelation(labels, known);
  if (relation === 'same') return ['keep', 'replace'];
  return relation === 'superset' || relation === 'overlap' ? ['extend', 'replace'] : ['replace', 'extend'];
};

/** What becomes of the head of the version that is fine-tuned. */
export const ChooseHead = () => {
  const { draft, change } = useDraft();
  const services = useServices();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const from = draft.flags.from ?? '';
  const labels = draft.data?.manifest.labels ?? [];
  const { loaded } = useLoaded(from, () => services.describeVersion(from));
  const known = loaded.status === 'ready' ? loaded.value.card.labels : null;
  const heads = known ? headsFor(labels, known) : [];
  return (
    <Screen
      title={`New model from ${from}`}
      aside="2 of 4"
      keys={choiceKeys}
      help={[
        'The head is the last layer: it turns what the network sees into one of the labels.',
        'An extended head sees some of the old images again while it learns, so that it forgets less of the old labels.',
      ]}
    >
      <Text bold>What becomes of its head?</Text>
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {known ? (
        <>
          <Box marginBottom={1}>
            <Paragraph text={relationWords(labelRelation(labels, known).relation)} isMuted />
          </Box>
          <ChoiceList
            choices={heads.map((head) => choices[head])}
            start={Math.max(0, heads.indexOf(draft.flags.head ?? heads[0]!))}
            rows={rows - 4}
            onChoose={(head) => {
              change({ flags: { ...draft.flags, head } });
              navigation.open({ screen: 'depth' });
            }}
          />
        </>
      ) : null}
    </Screen>
  );
};

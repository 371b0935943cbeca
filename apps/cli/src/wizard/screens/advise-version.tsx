import { formatShare, type VersionSummary } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { choiceKeys, useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { foremostVersion } from './foremost-version.js';

const choiceOf = ({ version, name, aliases, accuracy, labels }: VersionSummary): Choice<string> => ({
  value: version,
  label: [version, name, ...aliases].filter(Boolean).join(' '),
  detail: [...(accuracy ? [formatShare(accuracy)] : []), labels.join(', ')].join('  '),
});

/** Which version advice is asked on. */
export const AdviseVersion = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  const services = useServices();
  const rows = useBodyRows();
  const { loaded } = useLoaded('versions', async () => (await services.overview()).versions);
  const versions = loaded.status === 'ready' ? loaded.value : [];
  const start = draft.advice.version ?? foremostVersion(versions)?.version;
  return (
    <Screen
      title="Advice"
      aside="1 of 4"
      keys={choiceKeys}
      help={[
        'You have a model and new images with their labels. Advice measures how it does on them, whether they look different from what it learned from, and what training it on them would bring.',
        'The champion is the version in use; where there is none, the newest is taken.',
      ]}
    >
      <Text bold>Which model is it about?</Text>
      <Box height={1} flexShrink={0} />
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? (
        <ChoiceList
          choices={versions.map(choiceOf)}
          start={Math.max(
            0,
            versions.findIndex(({ version }) => version === start),
          )}
          rows={rows - 2}
          onChoose={(version) => {
            change({ advice: { ...draft.advice, version } });
            navigation.open({ screen: 'advice-data' });
          }}
        />
      ) : null}
    </Screen>
  );
};

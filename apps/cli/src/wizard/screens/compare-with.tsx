import { formatShare, type VersionSummary } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

const choiceOf = ({ version, name, aliases, accuracy }: VersionSummary): Choice<string> => ({
  value: version,
  label: [version, name, ...aliases].filter((word) => word !== null).join(' '),
  detail: accuracy ? formatShare(accuracy) : '',
});

/** Which version to put beside one; its parent unless the person moves. */
export const CompareWith = ({ version }: { readonly version: string }) => {
  const services = useServices();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { loaded } = useLoaded(version, async () => {
    const { versions } = await services.overview();
    const parent = versions.find((summary) => summary.version === version)?.parent ?? null;
    const others = versions.filter((summary) => summary.version !== version);
    return { choices: others.map(choiceOf), start: others.findIndex((other) => other.version === parent) };
  });
  return (
    <Screen
      title={`Compare ${version}`}
      keys={[
        ['↑↓', 'move'],
        ['Enter', 'compare'],
        ['Esc', 'back'],
      ]}
      help={[
        'Two versions side by side: their labels, accuracy, what of the network learned, and where their recipes differ. Nothing is measured anew.',
      ]}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' && loaded.value.choices.length === 0 ? (
        <Text>{version} is the only version here, so there is nothing to compare it with.</Text>
      ) : null}
      {loaded.status === 'ready' && loaded.value.choices.length > 0 ? (
        <Box flexDirection="column">
          <Text bold>With which version?</Text>
          <Box height={1} />
          <ChoiceList
            choices={loaded.value.choices}
            start={Math.max(0, loaded.value.start)}
            rows={rows - 2}
            onChoose={(other) => navigation.replace({ screen: 'compare', version, other })}
          />
        </Box>
      ) : null}
    </Screen>
  );
};

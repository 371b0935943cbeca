import { basename } from 'node:path';
import { formatDuration, formatShare, type RunSummary } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { type Column, renderTable } from '../../output/table.js';
import { versionTree } from '../../output/version-tree.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { type BrowseRoute, type Route, useNavigation } from '../navigation.js';
import type { Overview } from '../services.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

/** What a line opens, and where the list is to stand on coming back. */
interface Entry {
  readonly at: string;
  readonly to: Route;
}

const versionChoices = ({ versions }: Overview): Choice<Entry | null>[] =>
  versionTree(versions).map(({ version, label, detail }) =>
    version === null
      ? { value: null, label, isHeading: true }
      : {
          value: { at: version.version, to: { screen: 'version', version: version.version } },
          label,
          detail,
        },
  );

const resultWords = ({ version, advice, accuracy, status }: RunSummary): string => {
  if (version !== null) return [version, ...(accuracy ? [formatShare(accuracy)] : [])].join('  ');
  return advice ?? (status === 'interrupted' || status === 'stopped' ? 'can be resumed' : '');
};

const runColumns: readonly Column<RunSummary>[] = [
  { title: '', value: ({ status }) => status },
  { title: '', value: ({ kind }) => kind },
  { title: '', value: ({ data }) => basename(data) },
  { title: '', value: resultWords },
  { title: '', value: ({ seconds }) => (seconds === null ? '' : formatDuration(seconds)) },
];

/** A finished run opens its result, any other the screen that follows it, or says why it ended and resumes it. */
const runChoices = ({ runs }: Overview): Choice<Entry | null>[] => {
  const [, ...details] = renderTable(runs, runColumns);
  return runs.map((run, index) => ({
    value: {
      at: String(run.run),
      to:
        run.status === 'finished'
          ? { screen: 'result', run: run.run, isListed: true }
          : { screen: 'run', run: run.run },
    },
    label: `run ${run.run}`,
    detail: details[index]!,
  }));
};

const empty = {
  versions: 'There is no model here yet. Make one with: regraft fit photos/',
  runs: 'There is no run here yet. Start one with: regraft fit photos/',
} as const;

const titles = { versions: 'Models', runs: 'Runs' } as const;

const List = ({
  list,
  at,
  overview,
}: {
  readonly list: BrowseRoute['list'];
  readonly at: string | null;
  readonly overview: Overview;
}) => {
  const navigation = useNavigation();
  const rows = useBodyRows();
  const choices = (list === 'versions' ? versionChoices : runChoices)(overview);
  const start = choices.findIndex(({ value }) => value?.at === at);
  const choose = (entry: Entry | null): void => {
    if (entry === null) return;
    navigation.replace({ screen: 'browse', list, at: entry.at });
    navigation.open(entry.to);
  };
  if (choices.length === 0) return <Text>{empty[list]}</Text>;
  return <ChoiceList key={list} choices={choices} start={Math.max(0, start)} rows={rows} onChoose={choose} />;
};

/** What is stored: the models as the tree of what was trained from what, and the runs, newest first. */
export const Browse = ({ list, at }: { readonly list: BrowseRoute['list']; readonly at: string | null }) => {
  const services = useServices();
  const navigation = useNavigation();
  const { loaded } = useLoaded('stored', () => services.overview());
  const other = list === 'versions' ? 'runs' : 'versions';
  return (
    <Screen
      title={titles[list]}
      aside={loaded.status === 'ready' ? basename(loaded.value.store) : ''}
      keys={[
        ['↑↓', 'move'],
        ['Enter', 'open'],
        ['Tab', titles[other].toLowerCase()],
        ['Esc', 'back'],
      ]}
      help={[
        'Models: below each pretrained backbone the versions that were made of it, and below each version those that were trained from it. Accuracy is on images that the version never learned from; the brackets hold its interval, and n counts the images.',
        'Runs: every training and every comparison, the newest first. Enter opens the result of a finished one, follows one that is under way, and tells of any other why it ended; r resumes it there.',
        'Tab goes from one list to the other. In a long list, type to search.',
      ]}
      onKey={(_input, key) => {
        if (key.tab) navigation.replace({ screen: 'browse', list: other });
      }}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? (
        <Box flexDirection="column">
          <List list={list} at={at} overview={loaded.value} />
        </Box>
      ) : null}
    </Screen>
  );
};

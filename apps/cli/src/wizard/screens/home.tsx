import { basename } from 'node:path';
import { formatShare, type RunSummary, type VersionSummary } from '@regraft/studio';
import { useEffect } from 'react';
import { Box, Text } from '../../ink.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Paragraph } from '../layout/paragraph.js';
import { Screen } from '../layout/screen.js';
import { type Route, useNavigation } from '../navigation.js';
import type { Overview } from '../services.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { foremostVersion } from './foremost-version.js';

const isOpen = ({ status }: RunSummary): boolean => status === 'interrupted' || status === 'stopped';
const isUnderWay = ({ status }: RunSummary): boolean => status === 'running' || status === 'queued';

type Action = { readonly kind: 'go'; readonly to: Route } | { readonly kind: 'resume'; readonly run: number };

const runDetail = ({ data, status }: RunSummary): string => `${basename(data)}, ${status}`;

/** What can be done with a version, where there is one. */
const versionActions = (versions: readonly VersionSummary[]): Choice<Action>[] => {
  const version = foremostVersion(versions)?.version;
  if (version === undefined) return [];
  return [
    {
      value: { kind: 'go', to: { screen: 'try', version } },
      label: 'Try a model on images',
      detail: `${version} says what is in them`,
    },
    {
      value: { kind: 'go', to: { screen: 'advice' } },
      label: 'Advice on new images',
      detail: 'whether training on them is worth it, and how deep',
    },
  ];
};

const actionsOn = ({ runs, versions }: Overview): Choice<Action>[] => [
  ...runs.filter(isUnderWay).map((run) => ({
    value: { kind: 'go' as const, to: { screen: 'run' as const, run: run.run } },
    label: `Watch run ${run.run}`,
    detail: runDetail(run),
  })),
  ...runs
    .filter(isOpen)
    .slice(0, 3)
    .map((run) => ({
      value: { kind: 'resume' as const, run: run.run },
      label: `Resume run ${run.run}`,
      detail: runDetail(run),
    })),
  {
    value: { kind: 'go', to: { screen: 'data' } },
    label: versions.length === 0 ? 'Make the first model' : 'New model',
    detail: 'from a folder of images',
  },
  ...versionActions(versions),
  ...(versions.length + runs.length === 0
    ? []
    : [
        {
          value: { kind: 'go' as const, to: { screen: 'browse' as const, list: 'versions' as const } },
          label: 'Models and runs',
          detail: 'look at them, compare, name, promote, delete',
        },
      ]),
];

const Summary = ({ versions }: Overview) => {
  const version = foremostVersion(versions);
  if (!version) {
    return (
      <Paragraph text="There is no model here yet. It takes a folder of images, sorted into a folder for each label, and about a minute." />
    );
  }
  const role = version.aliases.includes('champion') ? 'champion' : (version.aliases[0] ?? 'newest');
  return (
    <Text>
      <Text color="green">{role}</Text>
      {'  '}
      <Text bold>{[version.version, version.name].filter(Boolean).join(' ')}</Text>
      {'  '}
      {version.accuracy ? `${formatShare(version.accuracy)}  ` : ''}
      <Text dimColor>{version.labels.join(', ')}</Text>
    </Text>
  );
};

const Actions = ({ overview, rows }: { readonly overview: Overview; readonly rows: number }) => {
  const navigation = useNavigation();
  const services = useServices();
  const choose = (action: Action): void => {
    if (action.kind === 'go') navigation.open(action.to);
    else
      void services
        .resume(action.run)
        .then(() => navigation.open({ screen: 'run', run: action.run }))
        .catch(() => navigation.open({ screen: 'run', run: action.run }));
  };
  return <ChoiceList choices={actionsOn(overview)} rows={rows} onChoose={choose} />;
};

const summaryRows = 4;

/** How often it is looked how runs are getting on. */
const refreshMilliseconds = 2000;

/** What is in the store, and what can be done now. */
export const Home = () => {
  const services = useServices();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { loaded, retry } = useLoaded('overview', () => services.overview());
  const waitsForRuns = loaded.status === 'ready' && loaded.value.runs.some(isUnderWay);
  useEffect(() => {
    if (!waitsForRuns) return;
    const timer = setInterval(retry, refreshMilliseconds);
    return () => clearInterval(timer);
  }, [waitsForRuns, retry]);
  return (
    <Screen
      title="Home"
      aside={loaded.status === 'ready' ? basename(loaded.value.store) : ''}
      keys={[
        ['↑↓', 'move'],
        ['Enter', 'take it'],
        ['Esc', 'leave'],
      ]}
      help={[
        'Regraft takes a trained image network, puts a new head on it, trains it on your images and tells you whether that was worth it. Everything it makes is kept in the model store.',
        'Move with the arrow keys and take a line with Enter. Runs go on when you leave; you find them here when you come back.',
      ]}
      onBack={() => navigation.leave()}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? (
        <Box flexDirection="column">
          <Box marginBottom={1} height={summaryRows - 1} overflow="hidden">
            <Summary {...loaded.value} />
          </Box>
          <Actions overview={loaded.value} rows={rows - summaryRows} />
        </Box>
      ) : null}
    </Screen>
  );
};

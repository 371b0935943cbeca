import {
  type Estimate,
  formatCount,
  initialRunView,
  type RunDescription,
  type RunView,
} from '@regraft/studio';
import { Text } from '../../ink.js';
import { renderRunSummary } from '../../output/run-summary.js';
import { renderTogether } from '../../output/together-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { VerdictScreen } from './verdict-screen.js';

interface Outcome {
  readonly description: RunDescription;
  readonly view: RunView;
}

/** Accuracy for people who don't read intervals. */
const inWords = ({ value, low, high }: Estimate): string =>
  value === null || low === null || high === null
    ? ''
    : `Of 100 new images like these it gets about ${formatCount(Math.round(value * 100))} right: between ${formatCount(Math.floor(low * 100))} and ${formatCount(Math.ceil(high * 100))}.`;

const linesOf = ({ view, description }: Outcome): string[] => {
  if (view.together) return renderTogether(view.together);
  const accuracy = description.accuracy ? [inWords(description.accuracy)] : [];
  return [...accuracy, ...renderRunSummary(view, description.recipe)];
};

const Lines = ({ lines }: { readonly lines: readonly string[] }) => {
  const rows = useBodyRows();
  return <ScrollLines lines={lines[0] === '' ? lines.slice(1) : lines} rows={rows} />;
};

/** What a run came to. */
export const Result = ({
  run,
  isListed,
}: {
  readonly run: number;
  /** Whether it was opened from the list of runs, which it then goes back to. */
  readonly isListed: boolean;
}) => {
  const services = useServices();
  const navigation = useNavigation();
  const { loaded, retry } = useLoaded(String(run), async (signal): Promise<Outcome> => {
    const description = await services.describeRun(run);
    let view: RunView = initialRunView;
    for await (const next of services.follow(run, signal)) view = next;
    return { description, view };
  });
  const leave = isListed ? navigation.back : navigation.home;
  const verdict = loaded.status === 'ready' ? loaded.value.view.verdict : null;
  const version = loaded.status === 'ready' ? loaded.value.description.version : null;
  if (verdict) return <VerdictScreen run={run} verdict={verdict} onBack={leave} />;
  return (
    <Screen
      title={loaded.status === 'ready' ? (loaded.value.description.version ?? 'Advice') : 'Result'}
      aside={`run ${run}`}
      keys={[
        ['↑↓', 'scroll'],
        ...(version === null ? [] : [['t', 'try it on images'] as const]),
        ['Enter', isListed ? 'back' : 'home'],
      ]}
      help={[
        'Accuracy is the share of images it gets right among those that it never learned from. The two numbers in brackets are the interval that the true share lies in, 19 times of 20; n is the number of images.',
        'Frozen blocks are proven unchanged by a hash over all their weights, before and after.',
      ]}
      onBack={leave}
      onKey={(input, key) => {
        if (input === 't' && version !== null) navigation.open({ screen: 'try', version });
        else if (key.return) leave();
        else if (input === 'r' && loaded.status === 'failed') retry();
      }}
    >
      {loaded.status === 'loading' ? <Text dimColor>Reading the run</Text> : null}
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? <Lines lines={linesOf(loaded.value)} /> : null}
    </Screen>
  );
};

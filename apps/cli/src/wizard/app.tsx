import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useApp, useInput } from '../ink.js';
import { type Draft, DraftContext, emptyDraft } from './draft.js';
import { type HoldKeys, HoldKeysContext } from './held-keys.js';
import { type Navigation, NavigationContext, type Route } from './navigation.js';
import { AdviseBudget } from './screens/advise-budget.js';
import { AdviseData } from './screens/advise-data.js';
import { AdviseReview } from './screens/advise-review.js';
import { AdviseVersion } from './screens/advise-version.js';
import { Browse } from './screens/browse.js';
import { ChooseData } from './screens/choose-data.js';
import { ChooseDepth } from './screens/choose-depth.js';
import { ChooseHead } from './screens/choose-head.js';
import { ChooseStart } from './screens/choose-start.js';
import { CompareVersions } from './screens/compare-versions.js';
import { CompareWith } from './screens/compare-with.js';
import { DeleteVersion } from './screens/delete-version.js';
import { Home } from './screens/home.js';
import { LiveRun } from './screens/live-run.js';
import { NameVersion } from './screens/name-version.js';
import { PromoteVersion } from './screens/promote-version.js';
import { Result } from './screens/result.js';
import { Review } from './screens/review.js';
import { TryVersion } from './screens/try-version.js';
import { VersionScreen } from './screens/version-screen.js';
import type { WizardServices } from './services.js';
import { ServicesContext } from './services-context.js';

const screenOf = (route: Route): ReactNode => {
  switch (route.screen) {
    case 'home':
      return <Home />;
    case 'data':
      return <ChooseData />;
    case 'start':
      return <ChooseStart />;
    case 'head':
      return <ChooseHead />;
    case 'depth':
      return <ChooseDepth />;
    case 'review':
      return <Review recipe={route.recipe} />;
    case 'run':
      return <LiveRun run={route.run} />;
    case 'result':
      return <Result run={route.run} isListed={route.isListed ?? false} />;
    case 'browse':
      return <Browse list={route.list} at={route.at ?? null} />;
    case 'version':
      return <VersionScreen version={route.version} />;
    case 'promote':
      return <PromoteVersion version={route.version} />;
    case 'name':
      return <NameVersion version={route.version} />;
    case 'delete':
      return <DeleteVersion version={route.version} />;
    case 'compare-with':
      return <CompareWith version={route.version} />;
    case 'compare':
      return <CompareVersions version={route.version} other={route.other} />;
    case 'try':
      return <TryVersion version={route.version} />;
    case 'advice':
      return <AdviseVersion />;
    case 'advice-data':
      return <AdviseData />;
    case 'advice-budget':
      return <AdviseBudget />;
    case 'advice-review':
      return <AdviseReview />;
  }
};

/** The wizard: a stack of screens, the answers so far, and Ctrl-C, which leaves from everywhere. */
export const App = ({
  services,
  start = { screen: 'home' },
  holdKeys,
  onLeave,
}: {
  readonly services: WizardServices;
  readonly start?: Route;
  readonly holdKeys?: HoldKeys;
  /** Takes the lines that are to stay in the terminal. */
  readonly onLeave: (lines: readonly string[]) => void;
}) => {
  const { exit } = useApp();
  const [stack, setStack] = useState<readonly Route[]>([start]);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const leave = useCallback(
    (...lines: string[]): void => {
      onLeave(lines);
      exit();
    },
    [exit, onLeave],
  );
  const navigation = useMemo<Navigation>(
    () => ({
      open: (route) => setStack((before) => [...before, route]),
      replace: (route) => setStack((before) => [...before.slice(0, -1), route]),
      back: () => setStack((before) => (before.length > 1 ? before.slice(0, -1) : [{ screen: 'home' }])),
      home: () => {
        setDraft(emptyDraft);
        setStack([{ screen: 'home' }]);
      },
      leave,
    }),
    [leave],
  );
  const draftState = useMemo(
    () => ({ draft, change: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })) }),
    [draft],
  );
  const route = stack.at(-1)!;
  useInput((input, key) => {
    // A run has a say in what Ctrl-C means.
    if (key.ctrl && input === 'c' && route.screen !== 'run') leave();
  });
  const screen = (
    <ServicesContext value={services}>
      <NavigationContext value={navigation}>
        <DraftContext value={draftState}>{screenOf(route)}</DraftContext>
      </NavigationContext>
    </ServicesContext>
  );
  return holdKeys ? <HoldKeysContext value={holdKeys}>{screen}</HoldKeysContext> : screen;
};

import { armTitle, initialRunView, type RunView } from '@regraft/studio';
import { useEffect, useRef, useState } from 'react';
import { Box, type Key, Text, useInput } from '../../ink.js';
import { renderGraftStrip } from '../../output/graft-strip.js';
import { renderAccuracyCurve, renderLossCurve } from '../../output/learning-curve.js';
import { PhaseLines } from '../../output/phase-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { PaintedLines } from '../layout/painted-lines.js';
import { Screen } from '../layout/screen.js';
import { useTerminalSize } from '../layout/use-terminal-size.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';

/** A picture is drawn so often at most. */
const frameMilliseconds = 200;

interface Followed {
  readonly view: RunView;
  readonly error: unknown;
}

/** Follows a run from its first event; the picture is renewed a few times a second, whatever comes. */
const useRun = (run: number, attempt: number): Followed => {
  const services = useServices();
  const [followed, setFollowed] = useState<Followed>({
    view: { ...initialRunView, phases: [] },
    error: null,
  });
  useEffect(() => {
    const gone = new AbortController();
    let latest: RunView | null = null;
    const draw = (): void => {
      if (latest === null || gone.signal.aborted) return;
      const view = latest;
      latest = null;
      setFollowed({ view, error: null });
    };
    const timer = setInterval(draw, frameMilliseconds);
    const follow = async (): Promise<void> => {
      for await (const view of services.follow(run, gone.signal)) latest = view;
    };
    follow()
      .then(draw, (error: unknown) => {
        draw();
        if (!gone.signal.aborted) setFollowed(({ view }) => ({ view, error }));
      })
      .finally(() => clearInterval(timer));
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, [run, attempt, services]);
  return followed;
};

/** The arms of a comparison, each with how far it is. */
const Arms = ({ view }: { readonly view: RunView }) => (
  <Box flexDirection="column">
    {view.arms.map(({ name, status, epoch, summary }) => (
      <Text key={name} wrap="truncate">
        {'    '}
        {armTitle(name).padEnd(18)}
        <Text dimColor>
          {epoch ? `epoch ${epoch.epoch} of ${epoch.epochs}` : 'waits'}
          {epoch?.validation ? `, validation ${(epoch.validation.accuracy * 100).toFixed(1)} %` : ''}
          {summary && status !== 'finished' ? ', left' : ''}
        </Text>
      </Text>
    ))}
  </Box>
);

const widest = 70;

const Curves = ({ view, rows, columns }: { view: RunView; rows: number; columns: number }) => {
  const phase = view.epochs.at(-1)?.phase;
  const epochs = view.epochs.filter((epoch) => epoch.phase === phase);
  // One epoch is no curve: an exact head has no more.
  if (epochs.length < 2 || rows < 4) return null;
  const isWide = columns >= 110;
  const size = {
    columns: Math.min(widest, isWide ? Math.floor(columns / 2) - 2 : columns - 4),
    rows: Math.min(rows, 9),
  };
  return (
    <Box columnGap={3}>
      <Box flexDirection="column" width={size.columns}>
        <PaintedLines lines={renderAccuracyCurve(epochs, size)} />
      </Box>
      {isWide ? (
        <Box flexDirection="column" width={size.columns}>
          <PaintedLines lines={renderLossCurve(epochs, size)} />
        </Box>
      ) : null}
    </Box>
  );
};

const Details = ({ view }: { readonly view: RunView }) => (
  <Box flexDirection="column">
    <Text dimColor>checkpoints {view.checkpoints}</Text>
    {view.grafted ? (
      <Text dimColor>
        from {view.grafted.parent ?? view.grafted.backbone}, cut at {view.grafted.cut}
      </Text>
    ) : null}
    {view.warnings.map((warning) => (
      <Text key={warning} color="yellow">
        ! {warning}
      </Text>
    ))}
  </Box>
);

const titles = { fit: 'New model', advise: 'Advice' } as const;

/** A run while it goes on: phases, curves, and keys to stop it or to leave it running. */
export const LiveRun = ({ run }: { readonly run: number }) => {
  const services = useServices();
  const navigation = useNavigation();
  const [attempt, setAttempt] = useState(0);
  const [isStopping, setIsStopping] = useState(false);
  const [showsDetails, setShowsDetails] = useState(false);
  const { view, error } = useRun(run, attempt);
  const { columns } = useTerminalSize();
  const rows = useBodyRows();
  const isOver = useRef(false);

  useEffect(() => {
    if (view.status !== 'finished' || isOver.current) return;
    isOver.current = true;
    navigation.replace({ screen: 'result', run });
  }, [view.status, navigation, run]);

  const stop = (): void => {
    setIsStopping(true);
    void services.stop(run);
  };
  const resume = (): void => {
    setIsStopping(false);
    void services.resume(run).then(() => setAttempt((count) => count + 1));
  };
  // Ctrl-C is heeded while the screen explains itself, too.
  useInput((input, key) => {
    if (!(key.ctrl && input === 'c')) return;
    if (error !== null) navigation.leave();
    else if (isStopping)
      navigation.leave(`Run ${run} stops at its next checkpoint. Go on with: regraft resume ${run}`);
    else stop();
  });
  const takeKey = (input: string, key: Key): void => {
    if (key.ctrl) return;
    if (error !== null) {
      if (input === 'r') resume();
    } else if (input === 's') stop();
    else if (input === 'd')
      navigation.leave(`Run ${run} goes on. Come back to it with: regraft attach ${run}`);
    else if (input === 'i') setShowsDetails((shown) => !shown);
  };

  const strip =
    view.grafted && view.scanned ? renderGraftStrip(view.grafted.blocks, view.scanned.labels.length) : [];
  const used =
    strip.length + view.phases.length + view.arms.length + 2 + (showsDetails ? 2 + view.warnings.length : 0);
  return (
    <Screen
      title={isStopping && error === null ? 'Stopping at the next checkpoint' : titles[view.kind]}
      aside={`run ${run}`}
      keys={
        error === null
          ? [
              ['s', 'stop at checkpoint'],
              ['d', 'detach'],
              ['i', showsDetails ? 'less' : 'more'],
              ['Esc', 'home'],
            ]
          : [
              ['r', 'resume'],
              ['Esc', 'home'],
            ]
      }
      help={[
        'Features are what the frozen part of the network makes of each image: computed once, kept, never again. The head and the blocks then learn from them.',
        'Stop ends the run at its next checkpoint; it can be resumed to the same weights as if it had never stopped. Detach leaves it running and gives you the terminal back.',
      ]}
      interrupt={error === null ? 'stop' : 'leave'}
      onBack={navigation.home}
      onKey={takeKey}
    >
      <PaintedLines lines={strip} />
      <Box height={1} flexShrink={0} />
      <PhaseLines view={view} />
      <Arms view={view} />
      {showsDetails ? <Details view={view} /> : null}
      <Box height={1} flexShrink={0} />
      {error === null ? (
        <Curves view={view} rows={rows - used} columns={columns} />
      ) : (
        <ErrorPanel error={error} />
      )}
    </Screen>
  );
};

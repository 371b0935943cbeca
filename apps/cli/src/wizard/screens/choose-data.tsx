import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatCount, formatQuantity, type Manifest, manifestCounts } from '@regraft/studio';
import { useEffect, useRef, useState } from 'react';
import { Box, Text, useInput } from '../../ink.js';
import { useDraft } from '../draft.js';
import { commonStart, completePath } from '../input/complete-path.js';
import { editedLine, lineText } from '../input/line-editor.js';
import { TextField } from '../input/text-field.js';
import { typedPath } from '../input/typed-path.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen, useIsActive } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';

const isTable = (name: string): boolean => name.toLowerCase().endsWith('.csv');

type Look =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'looking'; readonly done: number; readonly total: number }
  | { readonly kind: 'seen'; readonly path: string; readonly manifest: Manifest }
  | { readonly kind: 'failed'; readonly error: unknown };

/** How long a person must have stopped typing before a folder is looked at. */
const pause = 250;

/** Looks at what the typed path names, as it is typed. */
const useLook = (typed: string): Look => {
  const services = useServices();
  const [look, setLook] = useState<Look>({ kind: 'nothing' });
  useEffect(() => {
    const gone = new AbortController();
    setLook({ kind: 'nothing' });
    const path = typedPath(typed);
    const absolute = resolve(path);
    const scan = async (): Promise<void> => {
      const found = await stat(absolute).catch(() => null);
      if (path === '' || !found || !(found.isDirectory() || isTable(absolute))) return;
      setLook({ kind: 'looking', done: 0, total: 0 });
      let drawn = 0;
      const manifest = await services.scan(absolute, {
        signal: gone.signal,
        onProgress: ({ done, total }) => {
          if (gone.signal.aborted || performance.now() - drawn < 100) return;
          drawn = performance.now();
          setLook({ kind: 'looking', done, total });
        },
      });
      if (!gone.signal.aborted) setLook({ kind: 'seen', path: absolute, manifest });
    };
    const timer = setTimeout(() => {
      scan().catch((error: unknown) => {
        if (!gone.signal.aborted) setLook({ kind: 'failed', error });
      });
    }, pause);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [typed, services]);
  return look;
};

const useCandidates = (typed: string): readonly string[] => {
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    void completePath(typed, isTable).then((found) => {
      if (isWanted) setCandidates(found);
    });
    return () => {
      isWanted = false;
    };
  }, [typed]);
  return candidates;
};

const barWidth = 16;

const Seen = ({ manifest, rows }: { readonly manifest: Manifest; readonly rows: number }) => {
  const { train, validation, test } = manifestCounts(manifest);
  const counts = manifest.labels.map((_, label) => train[label]! + validation[label]! + test[label]!);
  const most = Math.max(...counts);
  const left = manifest.problems.length;
  const shown = manifest.labels.slice(0, Math.max(1, rows - 2));
  const hidden = manifest.labels.length - shown.length;
  const width = Math.min(24, Math.max(...shown.map((label) => label.length)));
  return (
    <Box flexDirection="column">
      <Text>
        <Text color="green">✔</Text> {formatQuantity(manifest.images.length, 'image')},{' '}
        {formatQuantity(manifest.labels.length, 'class', 'classes')}
        {left > 0 ? <Text color="yellow">, {formatQuantity(left, 'file')} left out</Text> : null}
      </Text>
      {shown.map((label, index) => (
        <Box key={label} columnGap={1}>
          <Box width={width} flexShrink={0}>
            <Text wrap="truncate">{label}</Text>
          </Box>
          <Text color="green">{'█'.repeat(Math.max(1, Math.round((counts[index]! / most) * barWidth)))}</Text>
          <Text dimColor>{formatCount(counts[index]!)}</Text>
        </Box>
      ))}
      {hidden > 0 ? <Text dimColor>and {formatQuantity(hidden, 'class', 'classes')} more</Text> : null}
    </Box>
  );
};

const LookLines = ({ look, rows }: { readonly look: Look; readonly rows: number }) => {
  switch (look.kind) {
    case 'nothing':
      return null;
    case 'looking':
      return (
        <Text dimColor>
          Looking at the images: {formatCount(look.done)}
          {look.total > 0 ? ` of ${formatCount(look.total)}` : ''}
        </Text>
      );
    case 'failed':
      return <ErrorPanel error={look.error} />;
    case 'seen':
      return <Seen manifest={look.manifest} rows={rows} />;
  }
};

const Candidates = ({
  candidates,
  rows,
}: {
  readonly candidates: readonly string[];
  readonly rows: number;
}) => (
  <Box flexDirection="column">
    {candidates.slice(0, rows).map((candidate) => (
      <Text key={candidate} dimColor wrap="truncate">
        {candidate}
      </Text>
    ))}
  </Box>
);

const Keys = ({
  candidates,
  onComplete,
}: {
  readonly candidates: readonly string[];
  readonly onComplete: (text: string) => void;
}) => {
  useInput(
    (_input, key) => {
      if (key.tab && candidates.length > 0) onComplete(commonStart(candidates));
    },
    { isActive: useIsActive() },
  );
  return null;
};

const questionRows = 4;

/** Which images: a path with completion, and at once what is there. */
export const ChooseData = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  const [line, setLine] = useState(() => editedLine(draft.typed));
  const typed = lineText(line);
  const look = useLook(typed);
  const candidates = useCandidates(typed);
  const rows = useBodyRows() - questionRows;
  // Enter may come while the images are still looked at: it is taken when they are.
  const isWaiting = useRef(false);
  const go = (): void => {
    isWaiting.current = look.kind !== 'seen';
    if (look.kind !== 'seen') return;
    change({ typed, data: { path: look.path, manifest: look.manifest } });
    navigation.open({ screen: 'start' });
  };
  useEffect(() => {
    if (isWaiting.current && look.kind === 'seen') go();
  });
  return (
    <Screen
      title="New model"
      aside="1 of 4"
      keys={[
        ['Enter', 'take it'],
        ['Tab', 'complete'],
        ['Esc', 'back'],
      ]}
      questionMarkIsText={typed !== ''}
      help={[
        'Name a folder that has a folder for each label, with the images of that label in it: photos/ants/1.jpg, photos/bees/7.jpg. Or a CSV file with the columns path and label.',
        'You may drop the folder onto the terminal. Tab completes the path. Images that look alike, are damaged or too large are left out, and you are told.',
      ]}
    >
      <Text bold>Which images shall it learn from?</Text>
      <Box marginBottom={1}>
        <Text color="magenta">❯ </Text>
        <TextField
          line={line}
          placeholder="photos/"
          onEnter={go}
          onChange={(next) => {
            isWaiting.current = false;
            setLine(next);
          }}
        />
      </Box>
      <Keys candidates={candidates} onComplete={(text) => setLine(editedLine(text))} />
      {look.kind === 'nothing' ? (
        <Candidates candidates={candidates} rows={rows} />
      ) : (
        <LookLines look={look} rows={rows} />
      )}
    </Screen>
  );
};

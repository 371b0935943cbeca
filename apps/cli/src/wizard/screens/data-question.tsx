import { formatCount, type Manifest } from '@regraft/studio';
import { useEffect, useRef, useState } from 'react';
import { Box, Text } from '../../ink.js';
import { CandidateLines } from '../input/candidate-lines.js';
import { editedLine, lineText } from '../input/line-editor.js';
import { PathField } from '../input/path-field.js';
import { useCandidates } from '../input/use-candidates.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { SeenData } from './seen-data.js';
import { isTable, type Look, useLook } from './use-look.js';
import { useRecentData } from './use-recent-data.js';

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
      return <SeenData manifest={look.manifest} rows={rows} />;
  }
};

/** What was typed, and what is there. */
export interface DataAnswer {
  readonly typed: string;
  readonly data: { readonly path: string; readonly manifest: Manifest };
}

const questionRows = 4;

/** Which images: a path with completion, and at once what is there. */
export const DataQuestion = ({
  title,
  aside,
  question,
  help,
  start,
  onTake,
}: {
  readonly title: string;
  readonly aside: string;
  readonly question: string;
  readonly help: readonly string[];
  /** What was typed before. */
  readonly start: string;
  readonly onTake: (answer: DataAnswer) => void;
}) => {
  const [line, setLine] = useState(() => editedLine(start));
  const typed = lineText(line);
  const look = useLook(typed);
  const candidates = useCandidates(typed, isTable);
  const recent = useRecentData();
  const rows = useBodyRows() - questionRows;
  // Enter may come while the images are still looked at: it is taken when they are.
  const isWaiting = useRef(false);
  const take = (): void => {
    isWaiting.current = look.kind !== 'seen';
    if (look.kind !== 'seen') return;
    onTake({ typed, data: { path: look.path, manifest: look.manifest } });
  };
  useEffect(() => {
    if (isWaiting.current && look.kind === 'seen') take();
  });
  return (
    <Screen
      title={title}
      aside={aside}
      keys={[
        ['Enter', 'take it'],
        ['Tab', 'complete'],
        ...(recent.length > 0 ? [['↑', 'recent'] as const] : []),
        ['Esc', 'back'],
      ]}
      questionMarkIsText={typed !== ''}
      help={help}
    >
      <Text bold>{question}</Text>
      <Box marginBottom={1} flexShrink={0}>
        <PathField
          line={line}
          candidates={candidates}
          recent={recent}
          placeholder="photos/"
          onChange={(next) => {
            isWaiting.current = false;
            setLine(next);
          }}
          onTake={take}
        />
      </Box>
      {look.kind === 'nothing' ? (
        <CandidateLines candidates={candidates} rows={rows} />
      ) : (
        <LookLines look={look} rows={rows} />
      )}
    </Screen>
  );
};

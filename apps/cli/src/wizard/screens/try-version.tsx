import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatQuantity } from '@regraft/studio';
import { useState } from 'react';
import { Box, type Key, Text } from '../../ink.js';
import { AnswerList } from '../answers/answer-list.js';
import { type Answered, useAnswers } from '../answers/use-answers.js';
import { CandidateLines } from '../input/candidate-lines.js';
import { ChoiceList } from '../input/choice-list.js';
import { expandHome } from '../input/complete-path.js';
import { type EditedLine, editedLine, lineText } from '../input/line-editor.js';
import { PathField } from '../input/path-field.js';
import { typedPaths } from '../input/typed-path.js';
import { useCandidates } from '../input/use-candidates.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { type KeyHint, useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { useTerminalSize } from '../layout/use-terminal-size.js';
import { useNavigation } from '../navigation.js';
import { Picture } from '../picture/picture.js';
import { useColourBits } from '../picture/use-colour-bits.js';

const isImage = (name: string): boolean => /\.(jpe?g|png|webp|gif|avif|tiff?)$/i.test(name);

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

/** What was typed, as paths: one where it is one with spaces in it. */
const pathsOf = async (typed: string): Promise<string[]> => {
  const whole = resolve(expandHome(typed.trim()));
  const isOne = await stat(whole).then(
    () => true,
    () => false,
  );
  return isOne ? [whole] : typedPaths(typed).map((path) => resolve(path));
};

/** The widest line of an answer: a bar, a share and a label. */
const answerColumns = 46;
const narrowestPicture = 16;

type Asked =
  | { readonly kind: 'files' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'watch'; readonly folder: string };

const keysOf = (asked: Asked, hasMany: boolean): KeyHint[] => {
  const move: KeyHint[] = hasMany ? [['↑↓', 'earlier answers']] : [];
  switch (asked.kind) {
    case 'files':
      return [['Enter', 'ask'], ['Tab', 'complete'], ...move, ['Esc', 'back']];
    case 'folder':
      return [
        ['↑↓', 'move'],
        ['Enter', 'take it'],
        ['w', 'watch'],
        ['Esc', 'back'],
      ];
    case 'watch':
      return [...move, ['Esc', 'stop watching']];
  }
};

const FolderQuestion = ({
  folder,
  onAsk,
  onWatch,
}: {
  readonly folder: string;
  readonly onAsk: () => void;
  readonly onWatch: () => void;
}) => {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text bold wrap="truncate-middle">
        {folder} is a folder. What of it?
      </Text>
      <ChoiceList
        choices={[
          { value: onAsk, label: 'Ask about its images', detail: 'those in folders below it, too' },
          { value: onWatch, label: 'Watch it', detail: 'each new image is answered as it appears' },
        ]}
        rows={2}
        onChoose={(take) => take()}
      />
    </Box>
  );
};

const Status = ({ text, isDim = true }: { readonly text: string; readonly isDim?: boolean }) => (
  <Box flexShrink={0} height={1}>
    <Text dimColor={isDim} wrap="truncate-middle">
      {text}
    </Text>
  </Box>
);

/** Asks a version about images, or has it answer each new one of a folder. */
export const TryVersion = ({ version }: { readonly version: string }) => {
  const navigation = useNavigation();
  const [line, setLine] = useState(() => editedLine(''));
  const [asked, setAsked] = useState<Asked>({ kind: 'files' });
  const kept = useState<readonly Answered[]>([]);
  const folder = asked.kind === 'watch' ? asked.folder : null;
  const { answered, status, error, ask } = useAnswers({ version, folder }, kept);
  // Null: the newest, whatever comes.
  const [picked, setPicked] = useState<number | null>(null);
  const typed = lineText(line);
  const candidates = useCandidates(typed, isImage);
  const { columns } = useTerminalSize();
  const rows = useBodyRows();
  const hasColour = useColourBits() !== null;
  const chosen = Math.min(picked ?? answered.length - 1, answered.length - 1);
  const shown = answered[chosen];

  const askAbout = (paths: readonly string[]): void => {
    setLine(editedLine(''));
    setPicked(null);
    setAsked({ kind: 'files' });
    ask(paths);
  };
  const take = (taken: EditedLine): void => {
    const text = lineText(taken);
    if (text.trim() === '') return;
    void pathsOf(text).then(async (paths) => {
      const [only] = paths;
      if (paths.length === 1 && only !== undefined && (await isFolder(only)))
        setAsked({ kind: 'folder', folder: only });
      else askAbout(paths);
    });
  };
  const watch = (watched: string): void => {
    setLine(editedLine(''));
    setPicked(null);
    setAsked({ kind: 'watch', folder: watched });
  };

  const takeKey = (input: string, key: Key): void => {
    if (asked.kind === 'folder') {
      if (input === 'w') watch(asked.folder);
      return;
    }
    const step = key.upArrow ? -1 : key.downArrow ? 1 : key.pageUp ? -10 : key.pageDown ? 10 : 0;
    if (step === 0 || answered.length === 0) return;
    const next = Math.max(0, Math.min(answered.length - 1, chosen + step));
    setPicked(next === answered.length - 1 ? null : next);
  };

  const questionRows = asked.kind === 'folder' ? 4 : 3;
  const room = Math.max(1, rows - questionRows);
  const pictureColumns = Math.min(2 * room, columns - 2 - answerColumns - 2);
  const hasPicture = hasColour && pictureColumns >= narrowestPicture && room >= 6;
  const isCompleting = asked.kind === 'files' && typed !== '' && candidates.length > 0;
  return (
    <Screen
      title={`Try ${shown?.prediction.version ?? version}`}
      aside={answered.length > 0 ? formatQuantity(answered.length, 'answer') : ''}
      keys={keysOf(asked, answered.length > 1)}
      questionMarkIsText={asked.kind === 'files' && typed !== ''}
      help={[
        'Type the path of an image, or drop one or several onto the terminal. A folder means the images in it, or you have it watched: then each new image is answered as it appears.',
        'The bars say how sure it is: of answers at 80 %, 8 in 10 are right, among images like those it was checked on.',
        '“Not sure” means that it would be wrong too often. “None of these” means that the image is unlike all that it learned from; the bars then mean little.',
      ]}
      onBack={() => (asked.kind === 'files' ? navigation.back() : setAsked({ kind: 'files' }))}
      onKey={takeKey}
    >
      <Box height={room} flexShrink={0} columnGap={2} marginBottom={1} overflow="hidden">
        <Box flexDirection="column" flexGrow={1} flexBasis={0} overflow="hidden">
          {status === 'failed' ? <ErrorPanel error={error} /> : null}
          {isCompleting ? (
            <CandidateLines candidates={candidates} rows={room} />
          ) : status === 'failed' ? null : answered.length === 0 ? (
            <Text dimColor>Its answers stand here, one below the other.</Text>
          ) : (
            <AnswerList answered={answered} chosen={chosen} rows={room} />
          )}
        </Box>
        {hasPicture && shown && !isCompleting && status !== 'failed' ? (
          <Picture
            key={`${chosen} ${shown.entry.file}`}
            file={shown.entry.file}
            columns={pictureColumns}
            rows={Math.min(room, Math.ceil(pictureColumns / 2))}
          />
        ) : null}
      </Box>
      {asked.kind === 'folder' ? (
        <FolderQuestion
          folder={asked.folder}
          onAsk={() => askAbout([asked.folder])}
          onWatch={() => watch(asked.folder)}
        />
      ) : null}
      {asked.kind === 'files' ? (
        <>
          <Status text={statusWords[status]} />
          <PathField
            line={line}
            candidates={candidates}
            placeholder="photo.jpg"
            onChange={setLine}
            onTake={take}
          />
        </>
      ) : null}
      {asked.kind === 'watch' ? (
        <>
          <Status
            text={
              status === 'loading' ? `${version} is loading` : 'Each new image is answered as it appears.'
            }
          />
          <Status text={`Watching ${asked.folder}`} isDim={false} />
        </>
      ) : null}
    </Screen>
  );
};

const statusWords = {
  loading: 'Which images shall it name? It is loading meanwhile.',
  ready: 'Which images shall it name? A folder will do, too.',
  asked: 'It looks at them',
  failed: 'Ask again to try once more.',
} as const;

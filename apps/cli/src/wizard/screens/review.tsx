import { commandOfRecipe, formatQuantity, parseRecipe, type Recipe, recipeFromFlags } from '@regraft/studio';
import { useState } from 'react';
import { Box, type Key, Text } from '../../ink.js';
import { parseFitLine } from '../../program/parse-fit-line.js';
import { useDraft } from '../draft.js';
import { type EditedLine, editedLine, lineText } from '../input/line-editor.js';
import { TextField } from '../input/text-field.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { Screen } from '../layout/screen.js';
import { useStart } from '../use-start.js';
import { AnswerLine } from './answer-line.js';

const depthWords = ({ freeze }: Recipe): string => {
  switch (freeze.kind) {
    case 'auto':
      return 'as deep as helps, found out by comparing';
    case 'head-only':
      return 'the head alone';
    case 'last':
      return `the last ${formatQuantity(freeze.count, 'block')} and the head`;
    case 'from':
      return `everything from ${freeze.block} on`;
    case 'all':
      return 'all of it';
  }
};

const startWords = ({ start, head }: Recipe): string => {
  if (start.kind === 'backbone') return `${start.name}, with a new head`;
  return head === 'auto' ? start.id : `${start.id}, head: ${head}`;
};

/** The answers, the command that means the same and can be edited, and the start. */
export const Review = ({ recipe: given }: { readonly recipe?: Recipe | undefined }) => {
  const { draft } = useDraft();
  const [recipe, setRecipe] = useState(
    () => given ?? parseRecipe(recipeFromFlags(draft.data?.path ?? '', draft.flags)),
  );
  const [edited, setEdited] = useState<EditedLine | null>(null);
  const [wrongLine, setWrongLine] = useState<unknown>(null);
  const { isStarting, error: failure, start } = useStart();

  const leaveLine = (): void => {
    setEdited(null);
    setWrongLine(null);
  };
  const take = (line: EditedLine): void => {
    try {
      setRecipe(parseFitLine(lineText(line)));
      leaveLine();
    } catch (wrong) {
      setWrongLine(wrong);
    }
  };
  const isEditing = edited !== null;
  const error = isEditing ? wrongLine : failure;
  const takeKey = (input: string, key: Key): void => {
    if (key.return) start(recipe, 'fit');
    else if (input === 'e') setEdited(editedLine(commandOfRecipe(recipe)));
  };
  const labels = draft.data?.manifest.labels.length ?? 0;
  return (
    <Screen
      title="New model"
      aside={given ? '' : '4 of 4'}
      keys={
        isEditing
          ? [
              ['Enter', 'take the line'],
              ['Esc', 'leave it as it was'],
            ]
          : [
              ['Enter', 'start'],
              ['e', 'edit the command'],
              ['Esc', 'back'],
            ]
      }
      questionMarkIsText={isEditing}
      help={[
        'The command does what these answers say. Typed into a terminal it gives the same weights, bit for bit.',
        'Edit it to say more: --epochs, --augment, --name and all else that regraft fit --help tells.',
      ]}
      {...(isEditing ? { onBack: leaveLine } : { onKey: takeKey })}
    >
      <Text bold>{isStarting ? 'Starting' : 'Shall it start?'}</Text>
      <Box flexDirection="column" marginTop={1}>
        <AnswerLine
          term="images"
          text={`${recipe.data.folder ?? recipe.data.csv ?? ''}${labels > 0 ? `, ${formatQuantity(labels, 'class', 'classes')}` : ''}`}
        />
        <AnswerLine term="start" text={startWords(recipe)} />
        <AnswerLine term="learns" text={depthWords(recipe)} />
      </Box>
      <Box marginY={1}>
        <Text color="magenta">$ </Text>
        {edited ? (
          <TextField line={edited} onChange={setEdited} onEnter={take} />
        ) : (
          <Text>{commandOfRecipe(recipe)}</Text>
        )}
      </Box>
      {error === null ? null : <ErrorPanel error={error} />}
    </Screen>
  );
};

import {
  commandOfAdvice,
  formatDuration,
  formatQuantity,
  labelRelation,
  likelyNames,
  parseRecipe,
  recipeFromFlags,
} from '@regraft/studio';
import { useState } from 'react';
import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { Screen } from '../layout/screen.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { useStart } from '../use-start.js';
import { AnswerLine } from './answer-line.js';
import { relationWords } from './relation-words.js';

/** What advice is asked, the command that means the same, and the start. */
export const AdviseReview = () => {
  const { draft } = useDraft();
  const services = useServices();
  const { version = '', budget } = draft.advice;
  const labels = draft.data?.manifest.labels ?? [];
  const { loaded } = useLoaded(version, async () => (await services.describeVersion(version)).card.labels);
  const relation = loaded.status === 'ready' ? labelRelation([...labels], loaded.value) : null;
  const likely = relation ? likelyNames(relation) : [];
  const [takesNames, setTakesNames] = useState(true);
  const { isStarting, error, start } = useStart();
  const rename = Object.fromEntries(likely.map((pair) => [pair.new, pair.old]));
  const recipe = parseRecipe(
    recipeFromFlags(draft.data?.path ?? '', {
      from: version,
      depth: 'auto',
      ...(budget === undefined ? {} : { budget }),
      ...(takesNames && likely.length > 0 ? { rename } : {}),
    }),
  );
  const pairs = likely.map((pair) => `${pair.new} = ${pair.old}`).join(', ');
  const seconds = recipe.freeze.kind === 'auto' ? recipe.freeze.budgetSeconds : 0;
  return (
    <Screen
      title={`Advice on ${version}`}
      aside="4 of 4"
      keys={[
        ['Enter', 'start'],
        ...(likely.length > 0 ? [['n', takesNames ? 'different labels' : 'the same labels'] as const] : []),
        ['Esc', 'back'],
      ]}
      help={[
        'Nothing is changed: advice trains on the new images to see what it brings, and keeps none of it. What it recommends is one key away when it is over.',
        'Labels that differ in capitals, separators or the plural alone are taken for the same, unless you say otherwise.',
      ]}
      onKey={(input, key) => {
        if (key.return && loaded.status !== 'loading') start(recipe, 'advise');
        else if (input === 'n') setTakesNames((before) => !before);
      }}
    >
      <Text bold>{isStarting ? 'Starting' : 'Shall it start?'}</Text>
      <Box flexDirection="column" marginTop={1} flexShrink={0}>
        <AnswerLine term="model" text={version} />
        <AnswerLine
          term="new images"
          text={`${draft.data?.path ?? ''}, ${formatQuantity(labels.length, 'class', 'classes')}`}
        />
        <AnswerLine term="time" text={`${formatDuration(seconds)} at most for comparing`} />
        {relation ? <AnswerLine term="labels" text={relationWords(relation.relation)} /> : null}
        {likely.length > 0 ? (
          <AnswerLine
            term=""
            text={takesNames ? `Taken for the same: ${pairs}` : `Taken as different: ${pairs}`}
          />
        ) : null}
      </Box>
      <Box marginY={1}>
        <Text color="magenta">$ </Text>
        <Text>{commandOfAdvice(recipe)}</Text>
      </Box>
      {error === null ? null : <ErrorPanel error={error} />}
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
    </Screen>
  );
};

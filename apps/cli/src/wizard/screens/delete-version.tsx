import { type Deletion, isHeld } from '@regraft/studio';
import { useState } from 'react';
import { Box, Text } from '../../ink.js';
import { describeDeletion, renderDeletion } from '../../output/deletion-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

type Answer = 'asked' | 'deleting' | 'deleted';

/** Lines of the question below what it is about. */
const questionRows = 4;

const Question = ({ plan, answer }: { readonly plan: Deletion; readonly answer: Answer }) => {
  const rows = useBodyRows();
  if (answer === 'deleted') return <Text>{describeDeletion(plan)}</Text>;
  return (
    <Box flexDirection="column">
      <ScrollLines lines={renderDeletion(plan)} rows={rows - questionRows} />
      <Box height={1} />
      {isHeld(plan) ? (
        <Text>
          {plan.version} can't be deleted while something holds it. To delete it all the same: regraft delete{' '}
          {plan.version} --force
        </Text>
      ) : (
        <Text bold>{answer === 'deleting' ? 'Deleting' : `Delete ${plan.version} for good?`}</Text>
      )}
    </Box>
  );
};

/** Asks before a version is deleted: what that frees, and what holds it. */
export const DeleteVersion = ({ version }: { readonly version: string }) => {
  const services = useServices();
  const navigation = useNavigation();
  const { loaded } = useLoaded(version, () => services.planDeletion(version));
  const [answer, setAnswer] = useState<Answer>('asked');
  const [error, setError] = useState<unknown>(null);
  const mayDelete = loaded.status === 'ready' && !isHeld(loaded.value) && answer === 'asked';
  const leave = (): void => {
    navigation.back();
    // The screen before is of the version that is no more.
    if (answer === 'deleted') navigation.back();
  };
  const deleteIt = (): void => {
    setAnswer('deleting');
    setError(null);
    services
      .deleteVersion(version)
      .then(() => setAnswer('deleted'))
      .catch((failure: unknown) => {
        setError(failure);
        setAnswer('asked');
      });
  };
  return (
    <Screen
      title={`Delete ${version}`}
      keys={[...(mayDelete ? [['y', 'delete it'] as const] : []), ['Esc', mayDelete ? 'keep it' : 'back']]}
      help={[
        'A deleted version does not come back, and its number is never used again. The run that made it stays, so the same recipe can make the same weights anew.',
        'A version is held by the names that stand at it, by versions that were trained from it, and by runs under way that start from it.',
        'Its files stay on the disk until regraft store gc has run.',
      ]}
      onBack={leave}
      onKey={(input) => {
        if (mayDelete && input === 'y') deleteIt();
      }}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? <Question plan={loaded.value} answer={answer} /> : null}
      {error === null ? null : <ErrorPanel error={error} />}
    </Screen>
  );
};

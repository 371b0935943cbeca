import { RegraftError } from '@regraft/errors';
import type { Promotion } from '@regraft/studio';
import { useEffect, useState } from 'react';
import { Box, Text } from '../../ink.js';
import { describePromotion, renderComparison } from '../../output/promotion-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';

type Outcome = { readonly promotion: Promotion } | { readonly error: unknown };

/** What was measured before a promotion was refused, where it was measured. */
const refusedPromotion = (error: unknown): Promotion | null =>
  RegraftError.isInstance(error) && error.code === 'promotion-refused'
    ? (error.details.promotion as Promotion)
    : null;

const Evidence = ({ promotion }: { readonly promotion: Promotion }) => (
  <ScrollLines lines={renderComparison(promotion)} rows={useBodyRows()} />
);

const Promoted = ({ promotion }: { readonly promotion: Promotion }) => (
  <Box flexDirection="column" rowGap={1}>
    {promotion.comparison ? <Evidence promotion={promotion} /> : null}
    <Text>
      <Text color="green">✔</Text> {describePromotion(promotion)}
    </Text>
  </Box>
);

const Refused = ({ error }: { readonly error: unknown }) => {
  const promotion = refusedPromotion(error);
  return (
    <Box flexDirection="column" rowGap={1}>
      {promotion?.comparison ? <Evidence promotion={promotion} /> : null}
      <ErrorPanel error={error} />
      {promotion ? (
        <Text>
          Forced, {promotion.alias} moves from {promotion.previous} to {promotion.version} whatever was
          measured, and the history of the name keeps your reason.
        </Text>
      ) : null}
    </Box>
  );
};

/** What comes of a promotion; null until then. Keys are for the screen meanwhile, since it may take a while. */
const usePromotion = (version: string): Outcome | null => {
  const services = useServices();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    const show = (shown: Outcome): void => {
      if (!gone.signal.aborted) setOutcome(shown);
    };
    services.promote(version, gone.signal).then(
      (promotion) => show({ promotion }),
      (error: unknown) => show({ error }),
    );
    return () => gone.abort();
  }, [services, version]);
  return outcome;
};

/** Makes a version the champion if it is not worse than the one that is, and shows what that was decided by. */
export const PromoteVersion = ({ version }: { readonly version: string }) => {
  const navigation = useNavigation();
  const outcome = usePromotion(version);
  return (
    <Screen
      title={`Promote ${version}`}
      keys={outcome ? [['Enter', 'back']] : [['Esc', 'give it up']]}
      help={[
        'The champion is the version that is meant wherever you say champion. The name moves only to a version that gets at most one point fewer of the same test images right, none of which either version has learned from.',
        'The interval says how sure that is, and decides nothing.',
      ]}
      onKey={(_input, key) => {
        if (outcome && key.return) navigation.back();
      }}
    >
      {outcome === null ? (
        <Text dimColor>Both versions are asked the same test images. This takes some seconds.</Text>
      ) : null}
      {outcome && 'error' in outcome ? <Refused error={outcome.error} /> : null}
      {outcome && 'promotion' in outcome ? <Promoted promotion={outcome.promotion} /> : null}
    </Screen>
  );
};

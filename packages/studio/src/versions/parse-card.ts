import { RegraftError } from '@regraft/errors';
import type { Version } from '@regraft/store';
import { type VersionCard, versionCardSchema } from './version-card.js';

/** The card of a stored version, checked. */
export const parseCard = ({ id, card }: Version): VersionCard => {
  const result = versionCardSchema.safeParse(card);
  if (result.success) return result.data;
  throw new RegraftError({
    code: 'store-corrupt',
    message: `A version's card must fit its schema. Received: ${id} with ${result.error.issues.length} wrong fields, the first at ${result.error.issues[0]?.path.join('.')}`,
    hint: 'Verify the store with: regraft store check',
    cause: result.error,
  });
};

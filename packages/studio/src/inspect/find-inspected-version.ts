import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';

/**
 * The version that a run's number or a version's reference stands for.
 *
 * @throws RegraftError `record-not-found`; `usage-invalid` for a run that has made no version
 */
export const findInspectedVersion = async (store: Store, reference: string): Promise<string> => {
  if (!/^\d+$/.test(reference)) return reference;
  const { id, status, version } = await store.runs.get(Number(reference));
  if (version !== null) return version;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `Only a run that made a model can be inspected. Received: run ${id}, which is ${status}`,
    hint: `See how it stands with: regraft show ${id}`,
  });
};

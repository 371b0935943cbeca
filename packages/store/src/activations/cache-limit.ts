import { RegraftError } from '@regraft/errors';

const defaultLimit = 5_000_000_000;

/** Bytes that the activation cache may take: `REGRAFT_CACHE_LIMIT`, else 5 GB. Throws 'usage-invalid'. */
export const cacheLimitFromEnvironment = (env: Readonly<Record<string, string | undefined>>): number => {
  const text = env.REGRAFT_CACHE_LIMIT?.trim() || String(defaultLimit);
  const limit = Number(text);
  if (Number.isFinite(limit) && limit >= 0) return limit;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `REGRAFT_CACHE_LIMIT must be a number of bytes. Received: ${text}`,
    hint: 'Set it to 5000000000 for 5 GB, or unset it.',
  });
};

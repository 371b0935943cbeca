import { useCallback, useEffect, useState } from 'react';
import { useHeldKeys } from './held-keys.js';

/** Something that takes a moment to come. */
export type Loaded<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: unknown };

/** Loads something when the screen opens and whenever `key` changes; `retry` asks again
 * and leaves what is there until the answer comes. Keys wait for the first one. */
export const useLoaded = <Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): { readonly loaded: Loaded<Value>; readonly retry: () => void } => {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    setLoaded((before) => (before.status === 'ready' ? before : { status: 'loading' }));
    load(gone.signal).then(
      (value) => {
        if (!gone.signal.aborted) setLoaded({ status: 'ready', value });
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setLoaded({ status: 'failed', error });
      },
    );
    return () => gone.abort();
  }, [key, attempt]);
  useHeldKeys(loaded.status === 'loading');
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { loaded, retry };
};

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Manifest } from '@regraft/studio';
import { useEffect, useState } from 'react';
import { typedPath } from '../input/typed-path.js';
import { useServices } from '../services-context.js';

export const isTable = (name: string): boolean => name.toLowerCase().endsWith('.csv');

/** What was found at the path that is being typed. */
export type Look =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'looking'; readonly done: number; readonly total: number }
  | { readonly kind: 'seen'; readonly path: string; readonly manifest: Manifest }
  | { readonly kind: 'failed'; readonly error: unknown };

/** How long a person must have stopped typing before a folder is looked at. */
const pause = 250;

/** Looks at what the typed path names, as it is typed. */
export const useLook = (typed: string): Look => {
  const services = useServices();
  const [look, setLook] = useState<Look>({ kind: 'nothing' });
  useEffect(() => {
    const gone = new AbortController();
    setLook({ kind: 'nothing' });
    const path = typedPath(typed);
    const absolute = resolve(path);
    const scan = async (): Promise<void> => {
      const found = await stat(absolute).catch(() => null);
      if (path === '' || !found || !(found.isDirectory() || isTable(absolute))) return;
      setLook({ kind: 'looking', done: 0, total: 0 });
      let drawn = 0;
      const manifest = await services.scan(absolute, {
        signal: gone.signal,
        onProgress: ({ done, total }) => {
          if (gone.signal.aborted || performance.now() - drawn < 100) return;
          drawn = performance.now();
          setLook({ kind: 'looking', done, total });
        },
      });
      if (!gone.signal.aborted) setLook({ kind: 'seen', path: absolute, manifest });
    };
    const timer = setTimeout(() => {
      scan().catch((error: unknown) => {
        if (!gone.signal.aborted) setLook({ kind: 'failed', error });
      });
    }, pause);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [typed, services]);
  return look;
};

import type { Recipe, RunKind } from '@regraft/studio';
import { useState } from 'react';
import { useNavigation } from './navigation.js';
import { useServices } from './services-context.js';

/** Starts a run once, however often it is asked, and goes to it; where that fails it can be tried again. */
export const useStart = (): {
  readonly isStarting: boolean;
  readonly error: unknown;
  readonly start: (recipe: Recipe, kind: RunKind) => void;
} => {
  const services = useServices();
  const navigation = useNavigation();
  const [isStarting, setIsStarting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = (recipe: Recipe, kind: RunKind): void => {
    if (isStarting) return;
    setIsStarting(true);
    setError(null);
    services
      .start(recipe, kind)
      .then((run) => navigation.replace({ screen: 'run', run }))
      .catch((failure: unknown) => {
        setError(failure);
        setIsStarting(false);
      });
  };
  return { isStarting, error, start };
};

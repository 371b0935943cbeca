import { useEffect, useState } from 'react';
import { completePath } from './complete-path.js';

/** What a path that is being typed may become. `accepts` must stay the same function. */
export const useCandidates = (typed: string, accepts: (name: string) => boolean): readonly string[] => {
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    void completePath(typed, accepts).then((found) => {
      if (isWanted) setCandidates(found);
    });
    return () => {
      isWanted = false;
    };
  }, [typed, accepts]);
  return candidates;
};

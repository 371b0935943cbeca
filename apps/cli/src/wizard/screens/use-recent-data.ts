import { useEffect, useState } from 'react';
import { useServices } from '../services-context.js';

const most = 5;

/** The folders and CSV files that runs have learned from, the latest first; none until they are known. */
export const useRecentData = (): readonly string[] => {
  const services = useServices();
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    services.overview().then(
      ({ runs }) => {
        if (isWanted) setRecent([...new Set(runs.map(({ data }) => data))].slice(0, most));
      },
      // They are a convenience; the question does without.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [services]);
  return recent;
};

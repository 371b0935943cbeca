import type { FilePrediction, Prediction } from '@regraft/studio/models';
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { useServices } from '../services-context.js';
import type { Answers } from './open-answers.js';

/** An answer to one file, with what else belongs to it. */
export interface Answered {
  readonly entry: FilePrediction;
  readonly prediction: Prediction;
}

export interface AnswersState {
  /** Newest last. */
  readonly answered: readonly Answered[];
  /** `loading`: nothing can be answered yet; `asked`: an answer is on its way. */
  readonly status: 'asked' | 'failed' | 'loading' | 'ready';
  readonly error: unknown;
  readonly ask: (paths: readonly string[]) => void;
}

/** A version's answers to files, or to the new images of a folder, for as long as the screen is open. */
export const useAnswers = (
  { version, folder }: { readonly version: string; readonly folder: string | null },
  [answered, setAnswered]: [readonly Answered[], Dispatch<SetStateAction<readonly Answered[]>>],
): AnswersState => {
  const services = useServices();
  const [status, setStatus] = useState<AnswersState['status']>('loading');
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const answers = useRef<Answers | null>(null);
  const waiting = useRef<string[]>([]);

  useEffect(() => {
    const gone = new AbortController();
    const opened = services.answers({ version, folder, signal: gone.signal });
    answers.current = opened;
    setStatus(waiting.current.length > 0 ? 'asked' : 'loading');
    setError(null);
    if (waiting.current.length > 0) opened.ask(waiting.current.splice(0));
    const listen = async (): Promise<void> => {
      for await (const prediction of opened.predictions) {
        if (gone.signal.aborted) return;
        const { files } = prediction;
        setStatus((before) => (before === 'asked' && files.length === 0 ? 'asked' : 'ready'));
        if (files.length > 0)
          setAnswered((before) => [...before, ...files.map((entry) => ({ entry, prediction }))]);
      }
    };
    listen().catch((failure: unknown) => {
      if (gone.signal.aborted) return;
      answers.current = null;
      setError(failure);
      setStatus('failed');
    });
    return () => gone.abort();
  }, [version, folder, attempt, services, setAnswered]);

  const ask = (paths: readonly string[]): void => {
    if (answers.current === null) {
      waiting.current.push(...paths);
      setAttempt((count) => count + 1);
      return;
    }
    setStatus('asked');
    answers.current.ask(paths);
  };
  return { answered, status, error, ask };
};

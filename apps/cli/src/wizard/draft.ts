import type { FitFlags, Manifest } from '@regraft/studio';
import { createContext, useContext } from 'react';

/** The answers so far to what a new model is to be, or what advice is to be about. */
export interface Draft {
  /** The line as it was typed. */
  readonly typed: string;
  /** The folder or the CSV that it names, once it was looked at. */
  readonly data: { readonly path: string; readonly manifest: Manifest } | null;
  /** What `regraft fit` would be told besides. */
  readonly flags: FitFlags;
  /** What advice is asked of, and how long it may take. */
  readonly advice: { readonly version?: string; readonly budget?: number };
}

/** Before the first answer: depth is found out by comparing. */
export const emptyDraft: Draft = { typed: '', data: null, flags: { depth: 'auto' }, advice: {} };

export interface DraftState {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
}

export const DraftContext = createContext<DraftState | null>(null);

/** The answers so far, which going back does not lose. */
export const useDraft = (): DraftState => {
  const state = useContext(DraftContext);
  if (state === null) throw new TypeError('A screen needs the wizard around it.');
  return state;
};

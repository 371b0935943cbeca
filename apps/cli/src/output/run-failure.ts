import { RegraftError } from '@regraft/errors';
import { explainInterruption, type RunView, type Store } from '@regraft/studio';

const stoppedError = (run: number): RegraftError =>
  new RegraftError({
    code: 'cancelled',
    message: `Run ${run} is stopped; nothing that it finished is lost.`,
    hint: `Go on with: regraft resume ${run}`,
    details: { run },
  });

/** Why a run that is over did not finish. */
export const failureOf = async (store: Store, run: number, view: RunView): Promise<RegraftError> => {
  if (view.status === 'stopped') return stoppedError(run);
  if (view.error) {
    const { code, message, hint } = view.error;
    return new RegraftError({
      code: code === 'defect' ? 'run-failed' : code,
      message,
      ...(hint ? { hint } : {}),
      details: { run },
    });
  }
  return explainInterruption(store, run);
};

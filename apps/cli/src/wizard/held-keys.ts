import { createContext, useContext, useLayoutEffect } from 'react';

/** Makes keys wait until the function that it gives is called. */
export type HoldKeys = () => () => void;

export const HoldKeysContext = createContext<HoldKeys>(() => () => undefined);

/** Makes keys wait while a screen isn't ready for them, so that a fast typist loses none. */
export const useHeldKeys = (isNotReady: boolean): void => {
  const hold = useContext(HoldKeysContext);
  useLayoutEffect(() => (isNotReady ? hold() : undefined), [hold, isNotReady]);
};

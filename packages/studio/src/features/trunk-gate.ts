/**
 * Shared between a pass and its workers: `[closed, running]`. onnxruntime aborts the whole process if a worker is
 * terminated while a session runs, so whoever ends the process first closes the gate and waits until nobody is inside.
 */
export type TrunkGate = Int32Array<SharedArrayBuffer>;

const closed = 0;
const running = 1;

export const createTrunkGate = (): TrunkGate => new Int32Array(new SharedArrayBuffer(8));

/** Does the work inside the gate; undefined where the gate is closed. */
export const passGate = async <Result>(
  gate: TrunkGate,
  work: () => Promise<Result>,
): Promise<Result | undefined> => {
  Atomics.add(gate, running, 1);
  try {
    return Atomics.load(gate, closed) === 1 ? undefined : await work();
  } finally {
    Atomics.sub(gate, running, 1);
    Atomics.notify(gate, running);
  }
};

/** Lets nobody in any more. */
export const closeGate = (gate: TrunkGate): void => {
  Atomics.store(gate, closed, 1);
};

/** Closes the gate and blocks this thread until nobody is inside, or the time is up. */
export const drainGate = (gate: TrunkGate, milliseconds: number): void => {
  closeGate(gate);
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const inside = Atomics.load(gate, running);
    const left = deadline - Date.now();
    if (inside === 0 || left <= 0) return;
    Atomics.wait(gate, running, inside, left);
  }
};

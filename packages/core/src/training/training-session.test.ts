import { describe, expect, test } from 'vitest';
import { drain } from './drain.js';
import type { TrainingEvent } from './training-event.js';
import { createSession } from './training-session.js';

const encode = () => Promise.resolve(Uint8Array.of(1, 2, 3));

/** What some steps' ends yield. */
const endSteps = async (session: ReturnType<typeof createSession>, count: number, force = false) => {
  const events: TrainingEvent[] = [];
  for (let step = 0; step < count; step++) {
    await drain(session.endStep('tail', encode, force), (event) => events.push(event));
  }
  return events;
};

describe('a session', () => {
  test('saves a checkpoint when one is due or must be, and says how large it is', async () => {
    const saved: Uint8Array[] = [];
    const onCheckpoint = (state: Uint8Array) => {
      saved.push(state);
    };
    expect(await endSteps(createSession({ onCheckpoint, checkpointSeconds: 60 }, 0), 3)).toEqual([]);
    const event = { type: 'checkpoint-saved', phase: 'tail', bytes: 3 };
    expect(await endSteps(createSession({ onCheckpoint, checkpointSeconds: 60 }, 0), 2, true)).toEqual([
      event,
      event,
    ]);
    expect(await endSteps(createSession({ onCheckpoint, checkpointSeconds: 0 }, 0), 2)).toEqual([
      event,
      event,
    ]);
    expect(saved).toHaveLength(4);
  });

  test('waits for the checkpoint to be taken', async () => {
    let taken = false;
    const onCheckpoint = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      taken = true;
    };
    await endSteps(createSession({ onCheckpoint }, 0), 1, true);
    expect(taken).toBe(true);
  });

  test('an aborted signal saves, then throws with its reason', async () => {
    const saved: Uint8Array[] = [];
    const reason = new Error('Ctrl-C');
    const session = createSession(
      {
        signal: AbortSignal.abort(reason),
        onCheckpoint: (state) => {
          saved.push(state);
        },
      },
      0,
    );
    await expect(endSteps(session, 1)).rejects.toMatchObject({ code: 'cancelled', cause: reason });
    expect(saved).toHaveLength(1);
  });

  test('a failing checkpoint stops the training', async () => {
    const session = createSession({ onCheckpoint: () => Promise.reject(new Error('disk full')) }, 0);
    await expect(endSteps(session, 1, true)).rejects.toThrow('disk full');
  });

  test('counts the seconds before an interruption', () => {
    expect(createSession({}, 100).seconds()).toBeGreaterThanOrEqual(100);
  });
});

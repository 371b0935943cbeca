import { expect, test } from 'vitest';
import type { EpochRecord, TrainingEvent } from '../../training/training-event.js';
import { type ArmRecord, type RacingArm, raceArms } from './race-arms.js';

const epochEnd = (phase: 'head' | 'tail', epoch: number, loss: number): TrainingEvent =>
  ({
    type: 'epoch-end',
    phase,
    epoch,
    epochs: 10,
    loss,
    accuracy: 0.5,
    validation: { loss, accuracy: 1 - loss },
    learningRate: 1e-3,
    seconds: 0,
  }) satisfies { type: 'epoch-end' } & EpochRecord;

/** Arms whose validation loss falls by `step` an epoch, from 1 at the head; `log` says what happened in which order. */
const fakeArms = (steps: Readonly<Record<string, number>>, { epochs = 10, pause = 0 } = {}) => {
  const log: string[] = [];
  const arms = Object.entries(steps).map(
    ([name, step]): RacingArm<string> => ({
      name,
      cost: 1,
      epochs,
      begin: async () =>
        (async function* () {
          try {
            yield epochEnd('head', 1, 1);
            for (let epoch = 1; epoch <= epochs; epoch++) {
              if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
              log.push(`${name} ${epoch}`);
              yield epochEnd('tail', epoch, 1 - step * epoch);
            }
            return name;
          } finally {
            log.push(`${name} let go`);
          }
        })(),
    }),
  );
  return { arms, log };
};

const fates = (records: readonly ArmRecord<string>[]) =>
  Object.fromEntries(records.map(({ name, status, epochs }) => [name, `${status} ${epochs}`]));

test('halves the field at every rung, and trains the last one to its end', async () => {
  const { arms, log } = fakeArms({ a: 0.01, b: 0.04, c: 0.02, d: 0.03 });
  const records = await raceArms(arms);
  expect(fates(records)).toEqual({ a: 'dropped 2', b: 'finished 10', c: 'dropped 2', d: 'dropped 5' });
  expect(records[1]!.result).toBe('b');
  expect(records[1]!.best!.loss).toBeCloseTo(0.6);
  expect(records[0]!.result).toBeNull();
  expect(log.slice(0, 8)).toEqual(['a 1', 'a 2', 'b 1', 'b 2', 'c 1', 'c 2', 'd 1', 'd 2']);
  expect(log.filter((line) => line.endsWith('let go'))).toHaveLength(4);
});

test('leaves arms whose blocks make nothing better than the head had it', async () => {
  const { arms } = fakeArms({ a: -0.01, b: 0 });
  expect(fates(await raceArms(arms))).toEqual({ a: 'dropped 2', b: 'dropped 2' });
});

test('begins nothing costlier once two arms in a row have helped nothing', async () => {
  const { arms, log } = fakeArms({ a: 0.03, b: -0.01, c: 0, d: 0.1 });
  expect(fates(await raceArms(arms))).toEqual({
    a: 'finished 10',
    b: 'dropped 2',
    c: 'dropped 2',
    d: 'dropped 0',
  });
  expect(log.some((line) => line.startsWith('d'))).toBe(false);
});

test('keeps an arm that stops early by itself', async () => {
  const { arms } = fakeArms({ a: 0.1, b: 0.05 }, { epochs: 2 });
  const records = await raceArms(arms, { rungs: [2] });
  expect(fates(records)).toEqual({ a: 'finished 2', b: 'finished 2' });
});

test('begins nothing that would not end in time, by the pace of what has trained', async () => {
  const { arms, log } = fakeArms({ a: 0.02, b: 0.03 }, { pause: 20 });
  const [cheap, dear] = arms;
  const records = await raceArms([cheap!, { ...dear!, cost: 1000 }], { secondsLeft: () => 5 });
  expect(fates(records)).toEqual({ a: 'finished 10', b: 'out-of-time 0' });
  expect(log.some((line) => line.startsWith('b'))).toBe(false);
});

test('tells of every arm as its fate is known, and lets go of all when somebody stops it', async () => {
  const { arms, log } = fakeArms({ a: 0.01, b: 0.04, c: 0.02 });
  const told: string[] = [];
  await raceArms(arms, { onRecord: ({ name }) => void told.push(name) });
  expect(told).toEqual(['a', 'c', 'b']);

  const second = fakeArms({ a: 0.01, b: 0.04 });
  const stopped = raceArms(second.arms, {
    onEvent: (arm, event) => {
      if (arm === 'b' && event.type === 'epoch-end' && event.epoch === 2) throw new Error('stop');
    },
  });
  await expect(stopped).rejects.toThrow('stop');
  expect(second.log.filter((line) => line.endsWith('let go'))).toHaveLength(2);
  expect(log).not.toHaveLength(0);
});

test('goes on from what is known of arms, to the same end', async () => {
  const steps = { a: 0.01, b: 0.04, c: 0.02, d: 0.03 };
  const whole = fates(await raceArms(fakeArms(steps).arms));
  const known = async function* (name: keyof typeof steps, epochs: number) {
    yield epochEnd('head', 1, 1);
    for (let epoch = 1; epoch <= epochs; epoch++) yield epochEnd('tail', epoch, 1 - steps[name] * epoch);
    return null;
  };
  const { arms } = fakeArms(steps);
  const [a, b, c, d] = arms;
  const records = await raceArms<string | null>([
    { ...a!, begin: async () => known('a', 2) },
    { ...b!, begin: async () => known('b', 10) },
    { ...c!, begin: async () => known('c', 2) },
    d!,
  ]);
  expect(fates(records as ArmRecord<string>[])).toEqual(whole);
});

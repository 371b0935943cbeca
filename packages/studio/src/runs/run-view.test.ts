import { readFileSync } from 'node:fs';
import type { ArmSummary } from '@regraft/core';
import { expect, test } from 'vitest';
import type { DepthDecision } from '../depth/depth-decision.js';
import { finishedArm, unmeasured } from '../testing/advice-evidence.js';
import { type AdviceResult, fitPhases, type RunEvent } from './run-event.js';
import { initialRunView, phaseProgress, type RunView, reduceRunView } from './run-view.js';

/** Those of a fit whose depth was given. */
const phasesOfFit = fitPhases.filter((phase) => phase !== 'depth');

/** The log of `regraft fit photos --unfreeze 1 --epochs 3` on 24 drawings and a file that is no image. */
const events = readFileSync(new URL('fixtures/run-events.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RunEvent);

const view = (log: readonly RunEvent[], from = initialRunView): RunView => log.reduce(reduceRunView, from);

const until = (matches: (event: RunEvent) => boolean): RunEvent[] =>
  events.slice(0, events.findIndex(matches) + 1);

const phaseOf = ({ phases }: RunView, name: string) => phases.find(({ phase }) => phase === name)!;

test('a finished run', () => {
  const end = view(events);
  expect(end.status).toBe('finished');
  expect(end.scanned).toMatchObject({
    images: { train: 16, validation: 4, test: 4 },
    problems: { 'not-an-image': 1 },
  });
  expect(end.grafted).toMatchObject({ backbone: 'mobilenet-v2.openimages', head: 'replace' });
  expect(end.phases.map(({ phase }) => phase)).toEqual(phasesOfFit);
  for (const { status, seconds, secondsLeft } of end.phases) {
    expect({ status, secondsLeft }).toEqual({ status: 'done', secondsLeft: null });
    expect(seconds).toBeGreaterThan(0);
  }
  expect(phaseOf(end, 'features')).toMatchObject({ done: 24, total: 24, cache: { hits: 0, misses: 24 } });
  expect(end.epochs.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
    'head 1',
    'tail 1',
    'tail 2',
    'tail 3',
  ]);
  expect(end.checkpoints).toBe(4);
  expect(end.result).toMatchObject({ version: 'v1', labels: ['circles', 'squares'] });
  expect(end.error).toBeNull();
});

test('a run on its way: what is done, what runs and how far, what waits', () => {
  const now = view(until((event) => event.type === 'progress' && event.phase === 'tail'));
  expect(now.status).toBe('running');
  expect(now.phases.map(({ status }) => status)).toEqual([
    'done',
    'done',
    'done',
    'running',
    'waiting',
    'waiting',
  ]);
  expect(phaseProgress(phaseOf(now, 'tail'))).toBeCloseTo(1 / 6);
  expect(phaseOf(now, 'tail').secondsLeft).toBeGreaterThan(0);
  expect(phaseProgress(phaseOf(now, 'evaluate'))).toBeNull();
  expect(now.result).toBeNull();
});

test('at any moment the shares are shares, and no phase goes back', () => {
  const order = ['waiting', 'running', 'done'];
  let before = initialRunView;
  for (const event of events) {
    const after = reduceRunView(before, event);
    for (const phase of after.phases) {
      const share = phaseProgress(phase) ?? 0;
      expect(share >= 0 && share <= 1).toBe(true);
      const earlier = phaseOf(before, phase.phase).status;
      expect(order.indexOf(phase.status)).toBeGreaterThanOrEqual(order.indexOf(earlier));
    }
    before = after;
  }
});

test('reducing changes no earlier view', () => {
  const part = until(({ type }) => type === 'model-grafted');
  const earlier = view(part);
  const copy = structuredClone(earlier);
  view(events.slice(part.length), earlier);
  expect(earlier).toEqual(copy);
});

test('a run that trains the head alone has no tail phase', () => {
  const headOnly = until(({ type }) => type === 'model-grafted').map((event): RunEvent => {
    if (event.type !== 'model-grafted') return event;
    const blocks = event.blocks.map((block) =>
      block.state === 'trained' ? { ...block, state: 'frozen' as const, learningRate: 0 } : block,
    );
    return { ...event, blocks };
  });
  expect(view(headOnly).phases.map(({ phase }) => phase)).toEqual(
    phasesOfFit.filter((phase) => phase !== 'tail'),
  );
});

test('a stopped run that goes on starts its phases anew and keeps its warnings', () => {
  const warning: RunEvent = { type: 'warning', message: 'Few images.' };
  const part = until(({ type }) => type === 'checkpoint-saved');
  const stopped = view([...part, warning, { type: 'run-end', status: 'stopped' }]);
  expect(stopped).toMatchObject({ status: 'stopped', checkpoints: 1, result: null, error: null });
  const start = events[0]!;
  expect(view([start], stopped)).toEqual({
    ...initialRunView,
    status: 'running',
    warnings: [warning.message],
  });
  expect(view(events, stopped)).toEqual({ ...view(events), warnings: [warning.message] });
});

test('a failed run says why', () => {
  const error = { code: 'store-full', message: 'The disk is full.', hint: 'Make room.' } as const;
  const failed = view([...events.slice(0, 5), { type: 'run-end', status: 'failed', error }]);
  expect(failed).toMatchObject({ status: 'failed', error, result: null });
});

const advice = (...log: RunEvent[]): RunView => {
  const [start] = events;
  if (start?.type !== 'run-start') throw new Error('The log must begin with run-start.');
  return view([{ ...start, kind: 'advise' }, ...log]);
};

const adviceResult: AdviceResult = {
  run: 1,
  dataset: 1,
  verdict: {
    format: 1,
    headline: 'Keep v1 as it is.',
    recommendation: {
      action: { kind: 'keep' },
      reasons: [{ kind: 'too-few-to-tell', n: 1 }],
      confidence: 'low',
    },
    reasons: [],
    command: null,
    evidence: unmeasured,
    seconds: 1,
    createdAt: '2026-11-25T00:00:00.000Z',
  },
  together: null,
  seconds: 1,
};

const armEpoch = (arm: string, epoch: number): RunEvent => ({
  type: 'arm-epoch',
  arm,
  epoch: {
    phase: 'tail',
    epoch,
    epochs: 10,
    loss: 1,
    accuracy: 0.5,
    validation: null,
    learningRate: 1e-3,
    seconds: 1,
  },
});

const armEnd = (arm: ArmSummary): RunEvent => ({ type: 'arm-end', arm });

test('an advice has the phases that its case needs, in their order whatever began first', () => {
  const phases = ['scan', 'features', 'duplicates', 'depth'] as const;
  const log = phases.flatMap((phase): RunEvent[] => [
    { type: 'phase-start', phase },
    { type: 'phase-end', phase, seconds: 1 },
  ]);
  const now = advice(...log);
  expect(now.kind).toBe('advise');
  expect(now.phases.map(({ phase }) => phase)).toEqual(['scan', 'duplicates', 'features', 'depth']);
  expect(now.phases.every(({ status }) => status === 'done')).toBe(true);
  expect(advice().phases).toEqual([]);
});

test('arms that take turns: how far each is, and what became of it', () => {
  const head = finishedArm('head', 0);
  const dropped = { ...finishedArm('last-2', 2), status: 'dropped' as const, validation: null };
  const now = advice(
    armEnd(head),
    armEpoch('last-2', 1),
    armEpoch('all', 1),
    armEpoch('last-2', 2),
    armEnd(dropped),
  );
  expect(now.arms.map(({ name, status, epoch }) => [name, status, epoch?.epoch])).toEqual([
    ['head', 'finished', undefined],
    ['last-2', 'dropped', 2],
    ['all', 'running', 1],
  ]);
  expect(now.arms[1]!.summary).toEqual(dropped);
  expect(now.epochs).toEqual([]);
});

test('a finished advice has its verdict and no version', () => {
  const { verdict } = adviceResult;
  const end = advice(
    { type: 'verdict', verdict: verdict! },
    { type: 'run-end', status: 'finished', result: adviceResult },
  );
  expect(end).toMatchObject({ status: 'finished', verdict, result: null, together: null, error: null });
});

test('a fit whose depth is chosen tells it as a phase of its own', () => {
  const decision: DepthDecision = {
    chosen: 'head',
    plan: { kind: 'head-only' },
    choice: null,
    arms: [],
    skipped: 'deeper fine-tuning',
    seconds: 1,
  };
  const [start, ...rest] = events;
  const now = view([
    start!,
    { type: 'phase-start', phase: 'depth' },
    { type: 'depth-chosen', decision },
    ...rest,
  ]);
  expect(now.depth).toEqual(decision);
  expect(now.phases.map(({ phase }) => phase)).toEqual([...fitPhases]);
});

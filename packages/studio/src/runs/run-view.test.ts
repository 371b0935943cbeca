import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fitPhases, type RunEvent } from './run-event.js';

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

import { initialRunView, type RunEvent, reduceRunView } from '@regraft/studio';
import { render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { Box } from '../ink.js';
import { RunScreen } from './run-screen.js';

const viewAfter = (...events: RunEvent[]) => events.reduce(reduceRunView, initialRunView);

const scanned: RunEvent = {
  type: 'data-scanned',
  dataset: 1,
  labels: ['ants', 'bees', 'wasps'],
  images: { train: 900, validation: 150, test: 154 },
  problems: { unreadable: 2 },
};

test('the live screen shows what is done, what runs with rate and time left, and what waits', () => {
  const view = viewAfter(
    { type: 'phase-start', phase: 'scan' },
    scanned,
    { type: 'phase-end', phase: 'scan', seconds: 1.2 },
    { type: 'phase-start', phase: 'features' },
    {
      type: 'progress',
      phase: 'features',
      done: 602,
      total: 1204,
      rate: 118,
      secondsLeft: 5.1,
      cache: { hits: 10, misses: 592 },
    },
  );
  const { lastFrame } = render(
    <RunScreen title="photos/ → new model   run 14" view={view} note="Ctrl-C stops" />,
  );
  const lines = lastFrame()!.split('\n');
  expect(lines[0]).toContain('photos/ → new model   run 14');
  expect(lines).toContainEqual(
    expect.stringMatching(/✔ scan\s+1\u2009204 images, 3 classes, 2 left out \(2 unreadable\)\s+1\.2 s/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      /● features\s+█{8}░{8} 602 of 1\u2009204\s+592 new, 10 cached\s+118 images\/s\s+5\.1 s left/,
    ),
  );
  expect(lines).toContainEqual(expect.stringMatching(/○ head/));
  expect(lines.at(-1)).toContain('Ctrl-C stops');
});

test('a note is shown where the run left images out', () => {
  const view = viewAfter({ type: 'warning', message: 'Left out: a.jpg' });
  const { lastFrame } = render(<RunScreen title="run 1" view={view} note="" />);
  expect(lastFrame()).toContain('! Left out: a.jpg');
});

test('a phase with much to say is cut off at the edge, however narrow the terminal is', () => {
  const view = viewAfter(
    { type: 'phase-start', phase: 'features' },
    {
      type: 'progress',
      phase: 'features',
      done: 602,
      total: 1204,
      rate: 118,
      secondsLeft: 63,
      cache: { hits: 10, misses: 592 },
    },
  );
  for (let width = 40; width <= 100; width++) {
    const { lastFrame, unmount } = render(
      <Box width={width}>
        <RunScreen title="photos/" view={view} note="" />
      </Box>,
    );
    const line = lastFrame()!
      .split('\n')
      .find((candidate) => candidate.includes('features'))!;
    expect(line, `in ${width} columns`).toMatch(/^ {2}● features +█{8}░{8} 602 /);
    expect(stringWidth(line)).toBeLessThanOrEqual(width);
    unmount();
  }
});

import type { Action, Evidence, Reason } from '@regraft/core';
import { describe, expect, test } from 'vitest';
import { pairedDifference, unmeasured } from '../testing/advice-evidence.js';
import { headline, reasonText } from './verdict-words.js';

const difference = pairedDifference(0.02, 0.1);
const worse = pairedDifference(-0.1, -0.02);
const level = pairedDifference(-0.04, 0.04);
const loss = { value: 0.132, low: 0.03, high: 0.204, n: [77, 417] as [number, number] };

/** One of each kind: a kind without an entry doesn't compile. */
const reasons: { readonly [Kind in Reason['kind']]: Extract<Reason, { kind: Kind }> } = {
  'looks-alike': { kind: 'looks-alike', p: 0.4, n: 200, detectable: 0.6 },
  'looks-different': { kind: 'looks-different', p: 0.0002, n: 200 },
  'does-as-well': { kind: 'does-as-well', loss: { ...loss, value: 0.01, low: -0.05 } },
  'does-worse': { kind: 'does-worse', loss },
  'arm-better': { kind: 'arm-better', arm: 'last-8', than: 'keep', difference },
  'arm-ties': { kind: 'arm-ties', arm: 'head', with: 'last-2', difference: level },
  'only-arm': { kind: 'only-arm', arm: 'head' },
  'beats-scratch': { kind: 'beats-scratch', difference, speed: 12.3 },
  'draws-with-scratch': { kind: 'draws-with-scratch', difference: level },
  'loses-to-scratch': { kind: 'loses-to-scratch', difference: worse },
  'backbone-better': { kind: 'backbone-better', backbone: 'other.net', difference },
  'more-images': { kind: 'more-images', images: 400, gain: 0.041, low: 0.01, high: 0.07 },
  'too-few-to-tell': { kind: 'too-few-to-tell', n: 12 },
  'learns-nothing': { kind: 'learns-nothing', accuracy: 0.42, chance: 0.4, n: 100 },
  forgets: { kind: 'forgets', difference: worse },
  'new-labels': { kind: 'new-labels', added: ['roses'] },
};

const all = Object.values(reasons);

/** Starts with a capital or a quoted name, ends in one full stop, and has every number and name. */
const isSentence = (text: string): void => {
  expect(text).toMatch(/^["A-Z].*[^.]\.$/);
  expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object|-0\.0 points/);
};

test.each(all.map((reason) => [reason.kind, reason] as const))('%s is a sentence', (_, reason) => {
  isSentence(reasonText(reason));
});

const differing = all.flatMap((reason) => ('difference' in reason ? [reason] : []));

test.each(differing.map((reason) => [reason.kind, reason] as const))(
  '%s has its interval, and all but the old images their number',
  (kind, reason) => {
    expect(reasonText(reason)).toMatch(/[+-]\d+\.\d points \(-?\d+\.\d to -?\d+\.\d\)/);
    if (kind !== 'forgets') expect(reasonText(reason)).toContain('on the same 100 images');
  },
);

test.each([
  [reasons['does-worse'], '13 points fewer', '-13.2 points (-20.4 to -3.0)'],
  [reasons['looks-different'], 'drift p < 0.001', 'n 200'],
  [reasons['looks-alike'], 'p 0.400', 'a shift of 0.6 standard deviations would have been seen'],
  [{ ...reasons['looks-alike'], detectable: null }, 'so few could hardly show it', 'n 200'],
  [reasons['beats-scratch'], '+6.0 points (2.0 to 10.0)', 'in 1/12 of the time'],
  [reasons['more-images'], 'about 4.1 points more', '(1.0 to 7.0)'],
  [reasons['learns-nothing'], '42.0 % of 100 images', '40.0 %'],
  [{ ...reasons['too-few-to-tell'], n: 1 }, 'There is only 1 image', 'unseen'],
  [{ kind: 'new-labels', added: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'a, b, c, d, e', 'and 2 more'],
] satisfies [Reason, string, string][])('%o says its numbers', (reason, ...parts) => {
  for (const part of parts) expect(reasonText(reason)).toContain(part);
});

test('no time is promised where there is little to save', () => {
  expect(reasonText({ ...reasons['beats-scratch'], speed: 1.4 })).not.toContain('of the time');
});

const say = (action: Action, reason: Reason, found: Partial<Evidence> = {}): string =>
  headline({ action, reasons: [reason], confidence: 'high' }, { ...unmeasured, ...found });

describe('the headline', () => {
  test.each(all.map((reason) => [reason.kind, reason] as const))('of %s is a sentence', (_, reason) => {
    const text = say({ kind: 'keep' }, reason);
    isSentence(text);
    expect(text).not.toMatch(/drift|LogME|interval|p </);
  });

  test.each<[Action, Reason, string]>([
    [
      { kind: 'keep' },
      reasons['does-as-well'],
      'Keep v1 as it is: it gets as many of these images right as of its own.',
    ],
    [
      { kind: 'head-only' },
      reasons['does-worse'],
      'Train the head of v1 on them: it gets 13 points fewer of these images right than of its own.',
    ],
    [
      { kind: 'last', blocks: 8 },
      reasons['arm-better'],
      'Train the head and the last 8 blocks of v1 on them: that gets 6.0 points more of them right.',
    ],
    [{ kind: 'all' }, reasons['new-labels'], 'Train all of v1 on them: it does not know roses yet.'],
    [
      { kind: 'collect-more' },
      reasons['learns-nothing'],
      'Collect more images first: from these few it has learned nothing that shows.',
    ],
    [
      { kind: 'from-scratch' },
      reasons['loses-to-scratch'],
      'Train from scratch: what it has learned before does not help here.',
    ],
    [
      { kind: 'other-backbone', backbone: 'other.net' },
      reasons['backbone-better'],
      'Start from other.net instead: that gets 6.0 points more of these images right.',
    ],
  ])('says what to do and why: %o', (action, reason, text) => {
    expect(say(action, reason)).toBe(text);
  });

  test('knows a backbone from a version, and one new label from several', () => {
    expect(say({ kind: 'head-only' }, reasons['only-arm'], { case: 'first-model', start: 'some.net' })).toBe(
      'Train a head on some.net: that is all there was to try.',
    );
    expect(say({ kind: 'head-only' }, { kind: 'new-labels', added: ['roses', 'sands'] })).toContain(
      'it does not know their labels yet',
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import type { FilePrediction, Prediction } from '@regraft/studio/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnswersRequest } from './answers/open-answers.js';
import type { WizardServices } from './services.js';
import { fakeServices, listedVersion } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-try-'));
  await mkdir(join(folder, 'inbox'));
  await writeFile(join(folder, 'my ant.png'), '');
  await writeFile(join(folder, 'bee.png'), '');
});

afterAll(() => rm(folder, { recursive: true }));

const start = { screen: 'try', version: 'v1' } as const;

const answerTo = (file: string): FilePrediction => {
  if (file.includes('broken'))
    return {
      file,
      error: {
        code: 'image-unreadable',
        message: 'An image must be decoded. Received: there is no such file',
      },
    };
  const answer = file.includes('spoon') ? 'none-of-these' : file.includes('blur') ? 'not-sure' : 'label';
  const probabilities = file.includes('bee') ? { ants: 0.1, bees: 0.9 } : { ants: 0.8, bees: 0.2 };
  return { file, answer, label: 'ants', probability: 0.8, probabilities, distance: 0.1 };
};

const predict = (files: readonly string[]): Prediction => ({
  version: 'v1',
  thresholds: { sure: { threshold: 0.7, target: 0.95 }, known: { threshold: 0.5, falseAlarms: 0.05 } },
  files: files.map(answerTo),
  cache: { hits: 0, misses: files.length },
  seconds: 0.1,
  notes: [],
});

/** Answers by the files' names; what appears in a watched folder is pushed by the test. */
const fakeAnswers = () => {
  const opened: AnswersRequest[] = [];
  const asked: string[] = [];
  let push = (_: Prediction): void => undefined;
  const answers: WizardServices['answers'] = (request) => {
    opened.push(request);
    const ready: Prediction[] = [predict([])];
    let wake = (): void => undefined;
    push = (prediction) => {
      ready.push(prediction);
      wake();
    };
    const own = push;
    return {
      ask: (paths) => {
        asked.push(...paths);
        own(predict(paths));
      },
      predictions: (async function* () {
        while (!request.signal.aborted) {
          const next = ready.shift();
          if (next) yield next;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      })(),
    };
  };
  return { answers, opened, asked, appear: (file: string) => push(predict([file])) };
};

test('from home to an answer: the labels with bars, and what is none of them in words', async () => {
  const { answers, asked } = fakeAnswers();
  const wizard = renderWizard(fakeServices({ versions: [listedVersion()], answers }));
  await wizard.shows('Try a model on images');
  await wizard.press('down', 'enter');
  await wizard.shows('Which images shall it name?');
  await wizard.type(`'${join(folder, 'my ant.png')}' ${join(folder, 'spoon.png')}`);
  await wizard.press('enter');
  await wizard.shows(/my ant\.png\n +█{16}░{4} +80\.0 % {2}ants\n +█{4}░{16} +20\.0 % {2}bees/);
  await wizard.shows(/❯ .*spoon\.png\n +none of these/);
  expect(asked).toEqual([join(folder, 'my ant.png'), join(folder, 'spoon.png')]);
  expect(wizard.screen()).toContain('2 answers');
});

test('earlier answers stay above, and can be gone back to', async () => {
  const { answers } = fakeAnswers();
  const wizard = renderWizard(fakeServices({ answers }), start);
  for (const name of ['blur.png', 'bee.png', 'broken.png']) {
    await wizard.type(join(folder, name));
    await wizard.press('enter');
  }
  await wizard.shows(/blur\.png\n +not sure: below 70\.0 %[\s\S]+bee\.png[\s\S]+❯ .*broken\.png/);
  await wizard.shows('no answer: there is no such file');
  await wizard.press('up', 'up');
  await wizard.shows(/❯ .*blur\.png/);
});

test('a path with spaces needs no quotes', async () => {
  const { answers, asked } = fakeAnswers();
  const wizard = renderWizard(fakeServices({ answers }), start);
  await wizard.type(join(folder, 'my ant.png'));
  await wizard.press('enter');
  await wizard.shows('1 answer');
  expect(asked).toEqual([join(folder, 'my ant.png')]);
});

test('a folder is asked about or watched; Esc ends the watching and keeps the answers', async () => {
  const { answers, opened, asked, appear } = fakeAnswers();
  const wizard = renderWizard(fakeServices({ answers }), start);
  const inbox = join(folder, 'inbox');
  await wizard.type(inbox);
  await wizard.press('enter');
  await wizard.shows(/❯ Ask about its images[\s\S]+Watch it/);
  await wizard.type('w');
  await wizard.shows('Watching');
  appear(join(inbox, 'bee.png'));
  await wizard.shows(/bee\.png\n +█+░+ +90\.0 % {2}bees/);
  expect(opened.map((request) => request.folder)).toEqual([null, inbox]);
  expect(opened[0]!.signal.aborted).toBe(true);
  await wizard.press('escape');
  await wizard.shows('Which images shall it name?');
  expect(wizard.screen()).toContain('1 answer');
  await wizard.type(inbox);
  await wizard.press('enter');
  await wizard.shows('Ask about its images');
  await wizard.press('enter');
  await wizard.shows('2 answers');
  expect(asked).toEqual([inbox]);
  expect(opened).toHaveLength(3);
});

test('what fails is told of, and asking again tries again', async () => {
  const working = fakeAnswers();
  let failures = 1;
  const answers: WizardServices['answers'] = (request) =>
    failures-- > 0
      ? {
          ask: () => undefined,
          predictions: {
            [Symbol.asyncIterator]: () => ({
              next: async () => {
                throw new RegraftError({
                  code: 'record-not-found',
                  message: 'A version must be in the store. Received: v1',
                  hint: 'See regraft versions.',
                });
              },
            }),
          },
        }
      : working.answers(request);
  const wizard = renderWizard(fakeServices({ answers }), start);
  await wizard.shows('See regraft versions.');
  await wizard.type(join(folder, 'bee.png'));
  await wizard.press('enter');
  await wizard.shows(/bee\.png\n +█+/);
  expect(wizard.screen()).not.toContain('See regraft versions.');
});

test('? explains, and Esc goes back', async () => {
  const { answers, opened } = fakeAnswers();
  const wizard = renderWizard(fakeServices({ answers }), start);
  await wizard.type('?');
  await wizard.shows('8 in 10 are right');
  await wizard.type(' ');
  await wizard.shows('Which images');
  await wizard.press('escape');
  await wizard.shows('There is no model here yet');
  expect(opened[0]!.signal.aborted).toBe(true);
});

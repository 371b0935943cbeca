import { relative } from 'node:path';
import { paint } from '../../output/paint.js';
import { renderPrediction } from '../../output/prediction-lines.js';
import type { Answered } from './use-answers.js';

const shortest = (file: string): string => {
  const near = relative('', file);
  return near.length < file.length && near !== '' ? near : file;
};

/** Why there is no answer: what was received, without the rule. */
const reasonOf = (message: string): string => message.split(' Received: ')[1] ?? message;

/** The lines of one answer, as the command has them: the file, then its labels. */
export const answerLines = ({ entry, prediction }: Answered): string[] => {
  const file = shortest(entry.file);
  if ('error' in entry) return [file, `  ${paint.red(`no answer: ${reasonOf(entry.error.message)}`)}`];
  return renderPrediction({ ...prediction, notes: [], files: [{ ...entry, file }] }, 3);
};

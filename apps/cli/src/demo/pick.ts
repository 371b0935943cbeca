import { createHash } from 'node:crypto';
import type { Drawing, Subject } from './drawings.js';

const rank = ({ name }: Drawing): string => createHash('sha256').update(name).digest('hex');

/** The same few drawings of each subject every time, spread over the alphabet, and the rest. */
export const pickDrawings = (
  drawings: readonly Drawing[],
  perSubject: number,
): { picked: Drawing[]; rest: Drawing[] } => {
  const ranked = drawings
    .map((drawing) => ({ drawing, key: rank(drawing) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = new Map<Subject, number>();
  const picked: Drawing[] = [];
  const rest: Drawing[] = [];
  for (const { drawing } of ranked) {
    const count = taken.get(drawing.subject) ?? 0;
    taken.set(drawing.subject, count + 1);
    (count < perSubject ? picked : rest).push(drawing);
  }
  return { picked, rest };
};

import { type Action, type Evidence, type Reason, verdictSchema } from '@regraft/core/schemas';
import { expect, test } from 'vitest';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { RecipeInput } from '../recipe/recipe.js';
import { finishedArm, pairedDifference, unmeasured } from '../testing/advice-evidence.js';
import { writeVerdict } from './write-verdict.js';

const recipe: RecipeInput = {
  data: { folder: '/photos', rename: { Ants: 'ants' } },
  start: { kind: 'version', id: 'v1' },
  freeze: { kind: 'auto', budgetSeconds: 60 },
  seed: 3,
};

const write = (
  action: Action,
  {
    evidence = unmeasured,
    reasons = [{ kind: 'only-arm', arm: 'head' }],
  }: { evidence?: Evidence; reasons?: Reason[] } = {},
) => {
  const options = { recipe: parseRecipe(recipe), seconds: 12 };
  return writeVerdict(evidence, { action, reasons, confidence: 'moderate' }, options);
};

const refereed: Evidence = {
  ...unmeasured,
  referee: { arm: finishedArm('scratch', null), difference: pairedDifference(-0.2, -0.1) },
};

test.each<[Action, string | null]>([
  [{ kind: 'keep' }, null],
  [{ kind: 'collect-more' }, null],
  [{ kind: 'head-only' }, 'regraft fit /photos --from v1 --rename Ants=ants --seed 3'],
  [{ kind: 'last', blocks: 4 }, 'regraft fit /photos --from v1 --unfreeze 4 --rename Ants=ants --seed 3'],
  [{ kind: 'all' }, 'regraft fit /photos --from v1 --unfreeze all --rename Ants=ants --seed 3'],
  [
    { kind: 'from-scratch' },
    'regraft fit /photos --from v1 --from-scratch --epochs 12 --rename Ants=ants --seed 3',
  ],
  [
    { kind: 'other-backbone', backbone: 'other.net' },
    'regraft fit /photos --backbone other.net --rename Ants=ants --seed 3',
  ],
])('%o has the command that does it', (action, command) => {
  expect(write(action, { evidence: refereed }).command).toBe(command);
});

test('it survives JSON, and says when and how long', () => {
  const verdict = write({ kind: 'head-only' }, { evidence: refereed });
  expect(verdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
  expect(verdict.seconds).toBe(12);
  expect(Date.parse(verdict.createdAt)).toBeLessThanOrEqual(Date.now());
});

test('three reasons are written out, the weightiest first; all of them are kept', () => {
  const reasons = ['head', 'last-2', 'last-4', 'all'].map((arm) => ({ kind: 'only-arm' as const, arm }));
  const verdict = write({ kind: 'head-only' }, { reasons });
  expect(verdict.reasons.map((text) => text.split('"')[1])).toEqual([
    'head only',
    'last 2 blocks',
    'last 4 blocks',
  ]);
  expect(verdict.recommendation.reasons).toEqual(reasons);
});

test('arms without time come first among what was not tried', () => {
  const late = { status: 'out-of-time' as const, validation: null, test: null, train: null };
  const arms = [
    finishedArm('head', 0),
    { ...finishedArm('last-2', 2), ...late, epochs: 3 },
    { ...finishedArm('all', 19), ...late, epochs: 0 },
    { ...finishedArm('last-4', 4), ...late, status: 'dropped' as const },
  ];
  const { evidence } = write(
    { kind: 'head-only' },
    { evidence: { ...unmeasured, arms, notTried: ['more'] } },
  );
  expect(evidence.notTried).toEqual([
    'last 2 blocks, to the end: no time after 3 epochs',
    'all blocks: no time for it',
    'more',
  ]);
});

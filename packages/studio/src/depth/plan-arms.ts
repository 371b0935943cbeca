import { type FreezePlan, type Model, multiplyAdds, splitModel } from '@regraft/core';
import { stationDepths } from '../features/trunk-chain.js';

/** One depth to which a model may be fine-tuned. */
export interface DepthArm {
  /** `head`, `last-2`, … `all`. */
  readonly name: string;
  /** Blocks that train below the head. */
  readonly blocks: number;
  readonly plan: FreezePlan;
  readonly model: Model;
  /** What an epoch costs, in multiply-adds for an image. */
  readonly cost: number;
}

/** Numbers of last blocks that are tried: each about twice as deep as the one before, and its cut a station. */
const depths = stationDepths.toReversed();

const planOf = (blocks: number, most: number): FreezePlan => {
  if (blocks === 0) return { kind: 'head-only' };
  return blocks === most ? { kind: 'all' } : { kind: 'last', count: blocks };
};

const nameOf = ({ kind }: FreezePlan, blocks: number): string => {
  if (kind === 'head-only') return 'head';
  return kind === 'all' ? 'all' : `last-${blocks}`;
};

/** The depths that are compared, the shallowest first; `graftAt` puts a freeze plan on what is fine-tuned. */
export const planArms = (graftAt: (plan: FreezePlan) => Model): readonly [DepthArm, ...DepthArm[]] => {
  const arm = (blocks: number, most: number): DepthArm => {
    const plan = planOf(blocks, most);
    const model = graftAt(plan);
    return {
      name: nameOf(plan, blocks),
      blocks,
      plan,
      model,
      cost: multiplyAdds(splitModel(model).tail),
    };
  };
  const head = arm(0, Infinity);
  const most = head.model.blocks.length - 1;
  return [head, ...[...depths.filter((blocks) => blocks < most), most].map((blocks) => arm(blocks, most))];
};

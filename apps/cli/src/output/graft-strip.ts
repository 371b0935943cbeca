import { type BlockState, formatCount, formatQuantity } from '@regraft/studio';
import stringWidth from 'string-width';
import { paint } from './paint.js';

const cells = { frozen: '▓', trained: '░', head: '█' } as const;
const colours = { frozen: paint.ice, trained: paint.leaf, head: paint.bloom } as const;

const shortName = (name: string): string => name.replace(/^block-/, '').replace(/^head-conv$/, 'conv');

const inMillions = (count: number): string =>
  count < 100_000 ? formatCount(count) : `${(count / 1e6).toFixed(1)}M`;

const sum = (blocks: readonly BlockState[]): number =>
  blocks.reduce((total, { parameters }) => total + parameters, 0);

/**
 * The graft as three lines: the blocks' names, a cell for each (frozen, trained, head; `│` marks the cut), and a caption
 * that says the same in words.
 */
export const renderGraftStrip = (blocks: readonly BlockState[], classes: number): string[] => {
  const cut = blocks.findIndex(({ state }) => state !== 'frozen');
  const names: string[] = [];
  const strip: string[] = [];
  for (const [index, { name, state }] of blocks.entries()) {
    const label = shortName(name);
    const width = Math.max(2, stringWidth(label));
    const separator = index === cut && index > 0 ? '│' : index === 0 ? '' : ' ';
    names.push(separator + label.padStart(width));
    strip.push(separator + colours[state](cells[state].repeat(width)));
  }
  const frozen = blocks.filter(({ state }) => state === 'frozen');
  const trained = blocks.filter(({ state }) => state === 'trained');
  const caption = [
    frozen.length > 0
      ? `frozen: ${formatQuantity(frozen.length, 'block')}, ${inMillions(sum(frozen))} weights`
      : '',
    trained.length > 0
      ? `trained: ${formatQuantity(trained.length, 'block')}, ${inMillions(sum(trained))} weights`
      : '',
    `head: ${formatQuantity(classes, 'class', 'classes')}`,
  ];
  return [` ${names.join('')}`, ` ${strip.join('')}`, ` ${paint.muted(caption.filter(Boolean).join(' · '))}`];
};

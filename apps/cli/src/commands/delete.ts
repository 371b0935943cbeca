import { RegraftError } from '@regraft/errors';
import { type Deletion, deleteVersion, isHeld, planDeletion } from '@regraft/studio';
import { ask } from '../output/ask.js';
import { describeDeletion, renderDeletion } from '../output/deletion-lines.js';
import { createOutput, type Output } from '../output/output.js';
import { paint } from '../output/paint.js';
import { type CommonOptions, withStore } from './common.js';

interface DeleteOptions extends CommonOptions {
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** A person's yes, where one is there to be asked. */
const confirm = async (output: Output, deletion: Deletion): Promise<boolean> => {
  if (!output.live || process.stdin.isTTY !== true) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: 'Deleting a version takes a yes. Received: no --yes, and no terminal to ask at',
      hint: `Try: regraft delete ${deletion.version} --yes`,
    });
  }
  for (const line of renderDeletion(deletion)) output.line(line);
  return ask(` Delete ${deletion.version} for good?`);
};

export const deleteStored = async (reference: string, options: DeleteOptions): Promise<void> => {
  const { force = false, yes = false } = options;
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const plan = await planDeletion(store, reference);
    // What is held is refused by the store, so there is nothing to ask.
    const isRefused = isHeld(plan) && !force;
    if (!yes && !isRefused && !(await confirm(output, plan))) {
      output.line(`${plan.version} stays.`);
      return;
    }
    const deletion = await deleteVersion(store, plan.version, { force });
    output.data({ deleted: deletion });
    output.line(` ${paint.leaf('✔')} ${describeDeletion(deletion)}`);
  });
};

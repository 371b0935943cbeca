import type { Recipe, RunView } from '@regraft/studio';
import type { Output } from './output.js';
import { renderRunSummary } from './run-summary.js';
import { renderTogether } from './together-lines.js';
import { renderVerdict } from './verdict-lines.js';

/** Prints what a finished run came to: a version, or a verdict. */
export const reportRun = (
  output: Output,
  { run, recipe }: { readonly run: number; readonly recipe: Recipe },
  view: RunView,
): void => {
  if (view.verdict) {
    output.data({ type: 'result', run, verdict: view.verdict });
    for (const line of renderVerdict(view.verdict)) output.line(line);
    return;
  }
  if (view.together) {
    output.data({ type: 'result', run, together: view.together });
    for (const line of renderTogether(view.together)) output.line(line);
    return;
  }
  output.data({ type: 'result', ...view.result });
  for (const line of renderRunSummary(view, recipe)) output.line(line);
};

import type { Verdict } from '@regraft/studio';
import { renderArmPlot } from '../../output/arm-plot.js';
import { renderAdvice, renderEvidence } from '../../output/verdict-lines.js';
import { parseFitLine } from '../../program/parse-fit-line.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { useTerminalSize } from '../layout/use-terminal-size.js';
import { useNavigation } from '../navigation.js';

/** An advice: what to do, why, what was compared, and the key that does it. */
export const VerdictScreen = ({
  run,
  verdict,
  onBack,
}: {
  readonly run: number;
  readonly verdict: Verdict;
  readonly onBack: () => void;
}) => {
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { columns } = useTerminalSize();
  const { arms, choice } = verdict.evidence;
  const { command } = verdict;
  const plot = renderArmPlot(arms, choice?.chosen ?? null, columns - 2);
  const act = (): void => {
    if (command === null) onBack();
    else navigation.open({ screen: 'review', recipe: parseFitLine(command) });
  };
  return (
    <Screen
      title="Advice"
      aside={`run ${run}`}
      keys={[
        ['Enter', command === null ? 'back' : 'do what it says'],
        ['↑↓', 'scroll'],
        ['Esc', 'back'],
      ]}
      help={[
        'Each line of the chart is one way to train on the new images. The dot is the share of validation images that it gets right; the bar is the interval that the true share lies in, 19 times of 20.',
        'Enter shows the command that does what is recommended, before anything starts.',
      ]}
      onBack={onBack}
      onKey={(_input, key) => {
        if (key.return) act();
      }}
    >
      <ScrollLines
        lines={[
          ...renderAdvice(verdict),
          '',
          ...(plot.length > 0 ? [...plot, ''] : []),
          ...renderEvidence(verdict),
        ]}
        rows={rows}
      />
    </Screen>
  );
};

import { type PhaseView, phaseProgress, type RunView } from '@regraft/studio';
import { Box, Text } from '../ink.js';
import { describePhase, phaseTitles } from './run-lines.js';

const barWidth = 16;

const Bar = ({ share }: { share: number }) => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return (
    <Text wrap="truncate">
      <Text color="green">{'█'.repeat(filled)}</Text>
      <Text dimColor>{'░'.repeat(barWidth - filled)}</Text>
    </Text>
  );
};

const marks = {
  waiting: <Text dimColor>○</Text>,
  running: <Text color="green">●</Text>,
  done: <Text color="green">✔</Text>,
};

const Phase = ({ view, phase }: { view: RunView; phase: PhaseView }) => {
  const share = phaseProgress(phase);
  return (
    <Box gap={1}>
      <Box flexShrink={0} columnGap={1}>
        <Text> </Text>
        {marks[phase.status]}
      </Box>
      <Box width={9} flexShrink={0}>
        <Text dimColor={phase.status === 'waiting'}>{phaseTitles[phase.phase]}</Text>
      </Box>
      {phase.status === 'running' && share !== null ? (
        <Box flexShrink={0}>
          <Bar share={share} />
        </Box>
      ) : null}
      <Text wrap="truncate">{describePhase(view, phase)}</Text>
    </Box>
  );
};

/** The phases of a run, a line each. */
export const PhaseLines = ({ view }: { readonly view: RunView }) =>
  view.phases.map((phase) => <Phase key={phase.phase} view={view} phase={phase} />);

import { type PhaseView, phaseProgress, type RunView } from '@regraft/studio';
import { Box, Text } from 'ink';
import { renderGraftStrip } from './graft-strip.js';
import { describePhase, phaseTitles } from './run-lines.js';

const barWidth = 16;

const Bar = ({ share }: { share: number }) => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return (
    <Text>
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
      <Box gap={1} flexShrink={0}>
        <Text> </Text>
        {marks[phase.status]}
        <Box width={9}>
          <Text dimColor={phase.status === 'waiting'}>{phaseTitles[phase.phase]}</Text>
        </Box>
        {phase.status === 'running' && share !== null ? <Bar share={share} /> : null}
      </Box>
      <Text wrap="truncate">{describePhase(view, phase)}</Text>
    </Box>
  );
};

/** The live screen of a run: a line a phase, notes, and what the keys do. */
export const RunScreen = ({ title, view, note }: { title: string; view: RunView; note: string }) => (
  <Box flexDirection="column">
    <Text> {title}</Text>
    {view.grafted && view.scanned
      ? renderGraftStrip(view.grafted.blocks, view.scanned.labels.length)
          .slice(0, 2)
          .map((line) => (
            <Text key={line} wrap="truncate">
              {line}
            </Text>
          ))
      : null}
    <Text> </Text>
    {view.phases.map((phase) => (
      <Phase key={phase.phase} view={view} phase={phase} />
    ))}
    {view.warnings.map((warning) => (
      <Text key={warning} color="yellow">
        {'  ! '}
        {warning}
      </Text>
    ))}
    <Text dimColor> {note}</Text>
  </Box>
);

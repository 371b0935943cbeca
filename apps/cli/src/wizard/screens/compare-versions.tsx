import { Text } from '../../ink.js';
import { renderPair } from '../../output/pair-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { useTerminalSize } from '../layout/use-terminal-size.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

/** The frame's space at both sides. */
const padding = 2;

const numberOf = (version: string): number => Number(version.slice(1));

/** Two versions side by side, the older one first. */
export const CompareVersions = ({ version, other }: { readonly version: string; readonly other: string }) => {
  const services = useServices();
  const rows = useBodyRows();
  const { columns } = useTerminalSize();
  const [first, second] = numberOf(other) < numberOf(version) ? [other, version] : [version, other];
  const { loaded } = useLoaded(`${first} ${second}`, () => services.compare(first, second));
  return (
    <Screen
      title={`${first} and ${second}`}
      keys={[
        ['↑↓', 'scroll'],
        ['Esc', 'back'],
      ]}
      help={[
        'The last word of a line says whether both versions are the same there. Accuracies can be compared only where both were asked the same images; even then, intervals that overlap widely do not show which version is better.',
        'Promote asks both versions the same test images, none of which either has learned from.',
      ]}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'loading' ? <Text dimColor>Reading both versions</Text> : null}
      {loaded.status === 'ready' ? (
        <ScrollLines lines={renderPair(loaded.value, columns - padding)} rows={rows} />
      ) : null}
    </Screen>
  );
};

import { Text } from '../../ink.js';
import { renderVersion } from '../../output/version-lines.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { useBodyRows } from '../layout/frame.js';
import { Screen } from '../layout/screen.js';
import { ScrollLines } from '../layout/scroll-lines.js';
import { type Route, useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

const routeOf = (key: string, version: string): Route | null => {
  switch (key) {
    case 't':
      return { screen: 'try', version };
    case 'p':
      return { screen: 'promote', version };
    case 'n':
      return { screen: 'name', version };
    case 'c':
      return { screen: 'compare-with', version };
    case 'x':
      return { screen: 'delete', version };
    default:
      return null;
  }
};

/** All about a version, and what can be done with it. */
export const VersionScreen = ({ version }: { readonly version: string }) => {
  const services = useServices();
  const navigation = useNavigation();
  const rows = useBodyRows();
  const { loaded } = useLoaded(version, () => services.describeVersion(version));
  return (
    <Screen
      title={version}
      aside={loaded.status === 'ready' ? loaded.value.aliases.join(', ') : ''}
      keys={[
        ['t', 'try'],
        ['p', 'promote'],
        ['n', 'name'],
        ['c', 'compare'],
        ['x', 'delete'],
        ['Esc', 'back'],
      ]}
      help={[
        'Arrows, pages, Home and End scroll. The strip shows the network: frozen blocks, trained blocks and the head.',
        't tries the version on images. p makes it the champion if it is not worse on the same test images. n gives it a name that can move to another version later. c puts another version beside it. x deletes it, and asks first.',
      ]}
      onKey={(input, key) => {
        if (loaded.status !== 'ready' || key.ctrl || key.meta) return;
        const route = routeOf(input, version);
        if (route) navigation.open(route);
      }}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'loading' ? <Text dimColor>Reading the version</Text> : null}
      {loaded.status === 'ready' ? <ScrollLines lines={renderVersion(loaded.value)} rows={rows} /> : null}
    </Screen>
  );
};

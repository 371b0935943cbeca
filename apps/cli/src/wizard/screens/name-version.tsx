import { useState } from 'react';
import { Box, Text } from '../../ink.js';
import { type EditedLine, editedLine, lineText } from '../input/line-editor.js';
import { TextField } from '../input/text-field.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';

/** The names that move, and where they stand. */
type Names = ReadonlyMap<string, string>;

/** What Enter does with the name that is typed. */
const consequence = (name: string, version: string, names: Names): string => {
  const at = names.get(name);
  if (name === '') return 'Type a name, such as champion or best-of-june.';
  if (at === version) return `${version} has that name already. Enter takes it away.`;
  if (at !== undefined)
    return `${at} has that name now. Enter moves it to ${version}, without comparing them.`;
  return `Enter gives ${version} that name.`;
};

const listed = (names: Names, version: string): string => {
  const own = [...names].filter(([, at]) => at === version).map(([name]) => name);
  return own.length === 0 ? `${version} has no such name yet.` : `${version} is called ${own.join(', ')}.`;
};

/** Gives a version a name that moves, or takes it away. */
export const NameVersion = ({ version }: { readonly version: string }) => {
  const services = useServices();
  const navigation = useNavigation();
  const [line, setLine] = useState<EditedLine>(() => editedLine(''));
  const [error, setError] = useState<unknown>(null);
  const { loaded } = useLoaded('names', async (): Promise<Names> => {
    const { versions } = await services.overview();
    return new Map(
      versions.flatMap(({ version: at, aliases }) => aliases.map((name) => [name, at] as const)),
    );
  });
  const name = lineText(line).trim();
  const take = (names: Names, taken: string): void => {
    if (taken === '') return;
    const change =
      names.get(taken) === version ? services.deleteAlias(taken) : services.setAlias(taken, version);
    change.then(navigation.back, setError);
  };
  return (
    <Screen
      title={`Name ${version}`}
      keys={[
        ['Enter', 'take the name'],
        ['Esc', 'back'],
      ]}
      questionMarkIsText
      help={[]}
    >
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? (
        <Box flexDirection="column" rowGap={1}>
          <Text>
            {listed(loaded.value, version)} Such a name can be used wherever a version is asked for, and can
            move to another version later.
          </Text>
          <Box>
            <Text color="magenta">name </Text>
            <TextField
              line={line}
              onChange={(changed) => {
                setLine(changed);
                setError(null);
              }}
              onEnter={(taken) => take(loaded.value, lineText(taken).trim())}
            />
          </Box>
          {error === null ? <Text dimColor>{consequence(name, version, loaded.value)}</Text> : null}
        </Box>
      ) : null}
      {error === null ? null : <ErrorPanel error={error} />}
    </Screen>
  );
};

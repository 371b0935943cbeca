import { RegraftError } from '@regraft/errors';
import { deleteAlias, listAliases, setAlias } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { showHistory } from './alias-history.js';
import { type CommonOptions, withStore } from './common.js';

const usage = (message: string): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message,
    hint: 'Set one with: regraft alias champion v3. Remove it with: regraft alias --delete champion',
  });

export const alias = async (
  name: string | undefined,
  version: string | undefined,
  options: CommonOptions & { delete?: boolean; history?: boolean },
): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    if (options.history) {
      if (name === undefined || version !== undefined || options.delete)
        throw usage('--history takes one name.');
      await showHistory(store, output, name);
      return;
    }
    if (options.delete) {
      if (name === undefined || version !== undefined) throw usage('--delete takes one name.');
      await deleteAlias(store, name);
      output.data({ deleted: name });
      output.line(`${name} is no longer a name of a version.`);
      return;
    }
    if (name === undefined) {
      const aliases = await listAliases(store);
      output.data({ aliases });
      if (aliases.length === 0) output.line('No names yet. Give one with: regraft alias champion v1');
      else {
        const columns = [
          { title: 'alias', value: (row: (typeof aliases)[number]) => row.name },
          { title: 'version', value: (row: (typeof aliases)[number]) => row.version },
        ];
        for (const line of renderTable(aliases, columns)) output.line(line);
      }
      return;
    }
    if (version === undefined) throw usage(`A name needs a version. Received: only ${name}`);
    const moved = await setAlias(store, name, version);
    output.data(moved);
    output.line(
      `${moved.name} is now ${moved.version}${moved.previous ? ` (it was ${moved.previous})` : ''}.`,
    );
  });
};

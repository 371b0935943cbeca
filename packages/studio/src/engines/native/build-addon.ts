import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from '../../backbones/run-command.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import { nativeFiles } from './native-folder.js';
import { libraries } from './native-release.js';

const require = createRequire(import.meta.url);

const { include_dir: headersFolder } = require('node-api-headers') as { readonly include_dir: string };

/** In the place of Node's own common.gypi, which comes with the sources of Node. */
const commonSettings = {
  target_defaults: {
    default_configuration: 'Release',
    configurations: { Release: {} },
    cflags: ['-O3', '-fPIC'],
    cflags_cc: ['-std=gnu++17'],
  },
};

/** What node-gyp takes for an installation of Node: the addon uses nothing but Node-API, so its headers are enough. */
const writeNodeHeaders = async (folder: string): Promise<void> => {
  const target = join(folder, 'node', 'include', 'node');
  await mkdir(target, { recursive: true });
  for (const name of await readdir(headersFolder)) {
    await copyFile(join(headersFolder, name), join(target, name));
  }
  await writeFile(join(target, 'common.gypi'), JSON.stringify(commonSettings));
};

/** The names that the linker looks for. */
const linkLibraries = async (library: string): Promise<void> => {
  const [tensorflow, framework] = libraries;
  await symlink(tensorflow, join(library, 'libtensorflow.so'));
  await symlink(framework, join(library, 'libtensorflow_framework.so'));
};

/** Variables of tfjs-node's binding.gyp; the addon's place is relative to the folder `build`. */
const gypVariables = `--module_name=tfjs_binding --module_path=../${dirname(nativeFiles.addon)} --napi_build_version=8`;

/** npm brings node-gyp along, and puts it on the PATH of a package's scripts. */
const buildPackage = {
  name: 'regraft-native-engine',
  private: true,
  scripts: { build: `npm_config_nodedir="$PWD/node" node-gyp rebuild ${gypVariables}` },
};

const reasonOf = (text: string): string => {
  const lines = text.split('\n').map((line) => line.trim());
  const reason = lines.find((line) => /error/i.test(line) && !line.startsWith('npm ')) ?? lines.at(-1);
  return reason || 'an error without words';
};

/**
 * Compiles the addon in a folder that holds tfjs-node's sources and `deps`, and links it to the library in there.
 *
 * @throws RegraftError `engine-unavailable` with the compiler's first complaint
 */
export const buildAddon = async (
  folder: string,
  { compiler, python, signal }: { compiler: string; python: string; signal: AbortSignal | undefined },
): Promise<void> => {
  await writeNodeHeaders(folder);
  await linkLibraries(join(folder, nativeFiles.library));
  await writeFile(join(folder, 'package.json'), JSON.stringify(buildPackage));
  const path = [process.env.PATH, dirname(process.execPath)].join(delimiter);
  const env = { ...process.env, CXX: compiler, PYTHON: python, PATH: path };
  const outcome = await runCommand('npm', ['run', 'build'], { cwd: folder, env, signal });
  if (outcome?.exitCode !== 0) {
    const text = outcome === undefined ? 'no npm' : `${outcome.output}\n${outcome.errorText}`;
    throw engineUnavailable(
      `The addon of the native engine must compile. Received: ${reasonOf(text)}`,
      `Look at the compiler (${compiler}) and make, then again: ${installNativeCommand}`,
      new Error(text),
    );
  }
};

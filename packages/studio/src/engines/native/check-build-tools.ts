import { type CommandOutcome, runCommand } from '../../backbones/run-command.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import { findWheel, supportedPlatforms, type TensorflowWheel } from './native-release.js';

/** What an installation uses of the machine. */
export interface BuildTools {
  readonly python: string;
  readonly compiler: string;
}

const again = `then again: ${installNativeCommand}`;

const works = (outcome: CommandOutcome | undefined): boolean => outcome?.exitCode === 0;

const firstThatWorks = async (
  commands: readonly string[],
  argv: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> => {
  for (const command of commands) {
    if (works(await runCommand(command, argv, { signal }))) return command;
  }
  return undefined;
};

/** The C library of this process: Node's report names glibc's version where it is glibc. */
const hasGlibc = (): boolean => {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
};

/**
 * The wheel for this machine.
 *
 * @throws RegraftError `engine-unavailable` where there is none
 */
export const requireWheel = (
  platform = `${process.platform} ${process.arch}`,
  isGlibc: () => boolean = hasGlibc,
): TensorflowWheel => {
  const wheel = findWheel(platform);
  if (wheel !== undefined && isGlibc()) return wheel;
  throw engineUnavailable(
    `The native engine can be built on ${supportedPlatforms.join(' and ')}, with glibc. Received: ${platform}${wheel === undefined ? '' : ' without glibc'}`,
    'Use the wasm engine, or try the own installation of tfjs-node: npm install @tensorflow/tfjs-node',
  );
};

/**
 * Finds Python with pip, npm, make and a C++ compiler, before anything large is downloaded.
 *
 * @throws RegraftError `engine-unavailable` for the first that is missing
 */
export const checkBuildTools = async (
  pythons: readonly string[],
  signal: AbortSignal | undefined,
): Promise<BuildTools> => {
  const python = await firstThatWorks(pythons, ['-m', 'pip', '--version'], signal);
  if (python === undefined) {
    throw engineUnavailable(
      `Python with pip must be installed to fetch TensorFlow's library. Received: neither under ${pythons.join(' nor ')}`,
      `Install Python 3 with pip, ${again}`,
    );
  }
  if ((await firstThatWorks(['npm'], ['--version'], signal)) === undefined) {
    throw engineUnavailable(
      'npm must be installed to build the native engine. Received: none on the PATH',
      `Install npm, ${again}`,
    );
  }
  if ((await firstThatWorks(['make'], ['--version'], signal)) === undefined) {
    throw engineUnavailable(
      'make must be installed to build the native engine. Received: none on the PATH',
      `Install it, as with: apt-get install make g++; ${again}`,
    );
  }
  const compilers = process.env.CXX ? [process.env.CXX] : ['g++', 'c++', 'clang++'];
  const compiler = await firstThatWorks(compilers, ['--version'], signal);
  if (compiler === undefined) {
    throw engineUnavailable(
      `A C++ compiler must be installed to build the native engine. Received: none under ${compilers.join(', ')}`,
      `Install one, as with: apt-get install make g++; ${again}`,
    );
  }
  return { python, compiler };
};

import {
  type AliasMoved,
  type Deletion,
  deleteAlias,
  deleteVersion,
  describePair,
  type Promotion,
  planDeletion,
  quoteWord,
  type Store,
  setAlias,
  type VersionPair,
} from '@regraft/studio';
import { runCommand } from '../run-command.js';

/** What the wizard does with a stored version: the calls of `compare`, `delete`, `alias` and `promote`. */
export interface VersionServices {
  /** Two versions side by side. */
  compare(first: string, second: string): Promise<VersionPair>;
  /** What deleting a version would come to. */
  planDeletion(version: string): Promise<Deletion>;
  deleteVersion(version: string): Promise<Deletion>;
  /** Gives a version a name that moves. */
  setAlias(name: string, version: string): Promise<AliasMoved>;
  deleteAlias(name: string): Promise<void>;
  /** Makes a version the champion if it is not worse; throws `promotion-refused` where it is. */
  promote(version: string, signal: AbortSignal): Promise<Promotion>;
}

/** The services on versions of one store; what was done is told to `onCommand` as the command that does the same. */
export const createVersionServices = ({
  open,
  place,
  onCommand,
}: {
  readonly open: () => Promise<Store>;
  /** Where the store is. */
  readonly place: string;
  readonly onCommand: (command: string) => void;
}): VersionServices => ({
  compare: async (first, second) => describePair(await open(), [first, second]),
  planDeletion: async (version) => planDeletion(await open(), version),
  deleteVersion: async (version) => {
    const deletion = await deleteVersion(await open(), version);
    onCommand(`regraft delete ${version}`);
    return deletion;
  },
  setAlias: async (name, version) => {
    const moved = await setAlias(await open(), name, version);
    onCommand(`regraft alias ${quoteWord(name)} ${version}`);
    return moved;
  },
  deleteAlias: async (name) => {
    await deleteAlias(await open(), name);
    onCommand(`regraft alias --delete ${quoteWord(name)}`);
  },
  promote: async (version, signal) => {
    const words = ['promote', version, '--store', place];
    const promotion = (await runCommand(words, signal)) as Promotion;
    onCommand(`regraft promote ${version}`);
    return promotion;
  },
});

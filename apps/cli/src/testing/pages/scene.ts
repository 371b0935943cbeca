import type { Terminal } from '../terminal.js';

/** One screen of the pages, and the way to it. */
export interface Scene {
  /** Names its image: `docs/images/wizard-NAME.svg`. */
  readonly name: string;
  readonly title: string;
  /** What a reader sees in it. */
  readonly sentence: string;
  /** Words after `regraft`, started in a new terminal; without them the scene goes on where the one before ended. */
  readonly command?: readonly string[];
  /** Rows of the new terminal, which has 80 columns; 24 where nothing is said. */
  readonly rows?: number;
  /** What is typed and pressed to get there. */
  readonly act?: (terminal: Terminal) => Promise<void>;
  readonly waitFor: string | RegExp;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
  /** Taken as soon as it shows what is waited for; other scenes are taken once they stand still. */
  readonly isLive?: boolean;
  /** Fixes what else varies in a row that may have SGR sequences, such as how far a bar is. */
  readonly mask?: (line: string) => string;
  /** Whether it has an image as well as its text. */
  readonly hasImage?: boolean;
  /** For how long it is seen in the recording; left out of it where nothing is said. */
  readonly recordedSeconds?: number;
}

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bin } from '../run-cli.js';
import { openTerminal, type Terminal } from '../terminal.js';
import { maskLine } from './mask-line.js';
import type { Scene } from './scene.js';

export const pageColumns = 80;
export const pageRows = 24;

export interface CapturedScene {
  readonly scene: Scene;
  /** The screen with its SGR sequences; what varies is masked. */
  readonly lines: readonly string[];
}

const settleMilliseconds = 200;
const settleAttempts = 15;

/** The screen once it stands still, or as it is after three seconds. */
const settledScreen = async (terminal: Terminal): Promise<readonly string[]> => {
  let lines = await terminal.screenWithColours();
  for (let attempt = 0; attempt < settleAttempts; attempt++) {
    await sleep(settleMilliseconds);
    const next = await terminal.screenWithColours();
    if (next.join('\n') === lines.join('\n')) break;
    lines = next;
  }
  return lines;
};

/** Plays scenes with the built `regraft` in a folder, and gives the screen that each leads to. */
export const captureScenes = async (scenes: readonly Scene[], folder: string): Promise<CapturedScene[]> => {
  const captured: CapturedScene[] = [];
  let terminal: Terminal | undefined;
  try {
    for (const scene of scenes) {
      const {
        command,
        rows = pageRows,
        act,
        waitFor,
        timeout,
        isLive = false,
        mask = (line: string) => line,
      } = scene;
      if (command) {
        await terminal?.close();
        terminal = await openTerminal({
          command: [process.execPath, bin, ...command],
          cwd: folder,
          // What this machine has fetched is no part of the pages.
          env: { REGRAFT_CACHE: join(folder, 'cache'), COLORTERM: 'truecolor' },
          columns: pageColumns,
          rows,
        });
      }
      if (!terminal) throw new Error(`The first scene must have a command. Received: ${scene.name}`);
      await act?.(terminal);
      await terminal.waitFor(waitFor, timeout === undefined ? {} : { timeout });
      const lines = await (isLive ? terminal.screenWithColours() : settledScreen(terminal));
      captured.push({ scene, lines: lines.map((line) => mask(maskLine(line.replaceAll(folder, '~')))) });
    }
  } finally {
    await terminal?.close();
  }
  return captured;
};

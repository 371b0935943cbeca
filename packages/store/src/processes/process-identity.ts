import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** One process among all that ever ran: process ids are used again, also after a restart of the machine. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** `boot id/start tick` on Linux, null elsewhere. */
  readonly start: string | null;
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const bootId = (): string => readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/** State letter and start tick of a process on Linux (proc(5): fields 3 and 22); null where there is none. */
const readProcess = (pid: number): { state: string; startTick: string } | null => {
  const text = readText(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The second field, the program's name in brackets, may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0]!, startTick: fields[19]! };
};

/** Who a process of this machine is. */
export const identifyProcess = (pid: number): ProcessIdentity => {
  const found = readProcess(pid);
  return { host: hostname(), pid, start: found ? `${bootId()}/${found.startTick}` : null };
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether a process runs; 'elsewhere' where only its own machine could tell. */
export const probeProcess = ({ host, pid, start }: ProcessIdentity): 'alive' | 'gone' | 'elsewhere' => {
  if (host !== hostname()) return 'elsewhere';
  if (start === null) return exists(pid) ? 'alive' : 'gone';
  // Two machines may share a name, but not a boot.
  if (!start.startsWith(`${bootId()}/`)) return 'elsewhere';
  const found = readProcess(pid);
  // A killed process stays as a zombie until its parent asks for it.
  return found !== null && !'ZX'.includes(found.state) && start.endsWith(`/${found.startTick}`)
    ? 'alive'
    : 'gone';
};

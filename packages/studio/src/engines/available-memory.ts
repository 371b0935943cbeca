import { readFileSync } from 'node:fs';

/** A number of a file in /proc, as of /proc/self/status; undefined where the system has no such file. */
const readNumber = (path: string, pattern: RegExp): number | undefined => {
  try {
    const found = pattern.exec(readFileSync(path, 'utf8'));
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
};

/** Bytes of addresses left to a process whose addresses are limited, as by `ulimit -v`. */
const addressRoom = (): number => {
  const limit = readNumber('/proc/self/limits', /^Max address space\s+(\d+)/m);
  const usedKilobytes = readNumber('/proc/self/status', /^VmSize:\s+(\d+) kB/m);
  return limit === undefined || usedKilobytes === undefined ? Infinity : limit - 1024 * usedKilobytes;
};

/** Bytes that this process can still have of the machine, of its container and of its own limit. */
export const availableMemory = (): number => Math.min(process.availableMemory(), addressRoom());

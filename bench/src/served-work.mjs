import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts a process that prepares work and then does it once for each line it gets, answering with JSON that has the
 * `seconds` it took. Several such processes can so be measured in turn, each warmed up.
 */
export const startServedWork = async ([program, ...argv], env = {}) => {
  const child = spawn(program, argv, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${[program, ...argv].join(' ')} ended before its work was done.`);
    return JSON.parse(value);
  };
  await next();
  return {
    run: () => {
      child.stdin.write('\n');
      return next();
    },
    stop: () => child.stdin.end(),
  };
};

/** Median seconds of each of the works, run in turn so that a busy machine slows all of them alike. */
export const measureInTurn = async (works, rounds) => {
  const seconds = works.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) seconds[index].push((await work.run()).seconds);
  }
  return seconds;
};

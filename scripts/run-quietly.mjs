// Runs a command and shows a title and the time it took; its output only where it fails.
// node scripts/run-quietly.mjs "Building" npm run build
import { spawn } from 'node:child_process';

const [title, command, ...commandArguments] = process.argv.slice(2);
process.stdout.write(`${title} … `);
const startedAt = performance.now();
const child = spawn(command, commandArguments, {
  stdio: ['ignore', 'pipe', 'pipe'],
  shell: process.platform === 'win32',
});
const output = [];
child.stdout.on('data', (chunk) => output.push(chunk));
child.stderr.on('data', (chunk) => output.push(chunk));

const finish = (exitCode, note) => {
  console.log(note ?? `${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  if (exitCode !== 0) process.stderr.write(Buffer.concat(output));
  process.exitCode = exitCode;
};
child.on('error', (error) => finish(1, error.message));
child.on('close', (status, signal) =>
  finish(status ?? 1, status === 0 ? undefined : `failed (${signal ?? status})`),
);

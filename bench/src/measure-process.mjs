import { execFileSync, spawn } from 'node:child_process';

/** Resident bytes of a process and all that descend from it. */
const treeBytes = (root) => {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([root]);
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const [id, parent] of processes) if (tree.has(parent)) tree.add(id);
  }
  return processes.reduce((sum, [id, , kilobytes]) => sum + (tree.has(id) ? kilobytes * 1024 : 0), 0);
};

/**
 * Runs a command whose output is lines of JSON. Returns the last one, all `lines`, the seconds from start to exit and, if
 * asked, the peak of the process tree's resident memory, sampled ten times a second.
 */
export const measureProcess = ([program, ...argv], { memory = false, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, argv, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    let output = '';
    let peakBytes = 0;
    const sample = () => {
      peakBytes = Math.max(peakBytes, treeBytes(child.pid));
    };
    const timer = memory ? setInterval(sample, 100) : undefined;
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const processSeconds = (performance.now() - started) / 1000;
      if (code !== 0) return reject(new Error(`${argv.join(' ')} ended with ${code}: ${output}`));
      const lines = output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      resolve({ ...lines.at(-1), lines, processSeconds, peakBytes });
    });
  });

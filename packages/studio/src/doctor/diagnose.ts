import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { RegraftError } from '@regraft/errors';
import { openStore } from '@regraft/store';
import { formatBytes, formatQuantity } from '../format/number-format.js';
import { findStore } from '../store/open-studio-store.js';
import { examineEngines } from './examine-engines.js';
import type { Finding } from './finding.js';
import { measureTrunk } from './measure-engines.js';

export interface Diagnosis {
  readonly findings: readonly Finding[];
}

const require = createRequire(import.meta.url);

const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

const examineMachine = (): Finding => ({
  subject: 'machine',
  state: 'good',
  what: `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${formatQuantity(availableParallelism(), 'thread')}, ${formatBytes(totalmem())} of memory`,
});

const examine = async (subject: string, work: () => Promise<Omit<Finding, 'subject'>>): Promise<Finding> => {
  try {
    return { subject, ...(await work()) };
  } catch (error) {
    const hint = RegraftError.isInstance(error) ? error.hint : undefined;
    return {
      subject,
      state: 'bad',
      what: error instanceof Error ? error.message : String(error),
      ...(hint === undefined ? {} : { advice: hint }),
    };
  }
};

const examineTrunk = () =>
  examine('trunk', async () => {
    const milliseconds = await measureTrunk();
    return milliseconds === undefined
      ? {
          state: 'attention',
          what: 'onnxruntime-node does not load here; TensorFlow.js runs the frozen trunk, several times slower',
          advice: 'Install it again: npm install onnxruntime-node --ignore-scripts',
        }
      : {
          state: 'good',
          what: `onnxruntime-node ${versionOf('onnxruntime-node')}: ${milliseconds.toFixed(1)} ms an image for the embedded backbone, one thread`,
        };
  });

const examineImages = () =>
  examine('images', async () => {
    const { default: sharp } = await import('sharp');
    const formats = ['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff'] as const;
    const missing = formats.filter((format) => !sharp.format[format].input.file);
    return {
      state: missing.length === 0 ? 'good' : 'attention',
      what: `sharp ${sharp.versions.sharp ?? ''} reads ${formats.filter((format) => !missing.includes(format)).join(', ')}`,
      ...(missing.length === 0 ? {} : { advice: `Without: ${missing.join(', ')}` }),
    };
  });

const examineStore = (explicit: string | undefined) =>
  examine('store', async () => {
    const path = findStore(explicit);
    try {
      await access(path, constants.R_OK);
    } catch {
      return {
        state: 'attention',
        what: `no store at ${path} yet`,
        advice: 'The first one is made by: regraft fit photos/',
      };
    }
    const store = await openStore(path, { mode: 'existing' });
    try {
      const { problems } = await store.check({ repair: false });
      const { versions, runs, blobs, activations } = await store.summary();
      const size = `${path}: ${formatQuantity(versions, 'version')}, ${formatQuantity(runs, 'run')}, ${formatBytes(blobs.bytes)} of models, ${formatBytes(activations.bytes)} of cached activations`;
      return problems.length === 0
        ? { state: 'good', what: `${size}, whole` }
        : {
            state: 'bad',
            what: `${size}, ${formatQuantity(problems.length, 'problem')}`,
            advice: 'Mend it with: regraft store check',
          };
    } finally {
      await store.close();
    }
  });

/**
 * Looks at what a run needs: the engines and what they do here, the image decoders, the store's health.
 *
 * @example const { findings } = await diagnose({});
 */
export const diagnose = async ({ store }: { store?: string | undefined }): Promise<Diagnosis> => ({
  findings: [
    examineMachine(),
    ...(await examineEngines()),
    await examineTrunk(),
    await examineImages(),
    await examineStore(store),
  ],
});

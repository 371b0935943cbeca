import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const key = 'regraft.tensorflow-js';

const handOver = `module.exports = globalThis[Symbol.for('${key}')];\n`;

/**
 * Small files in place of the packages that tfjs-node's JavaScript asks for. A built engine lies outside every
 * node_modules, and a TensorFlow.js of its own would register its kernels where nobody looks. The messages of
 * TensorBoard, the only use of google-protobuf, aren't used. Of node:util it wants two functions that Node has deprecated
 * or removed, so that a call would warn or fail.
 */
const standIns: Readonly<Record<string, string>> = {
  'node_modules/@tensorflow/tfjs/index.js': handOver,
  'node_modules/@tensorflow/tfjs-core/index.js': handOver,
  'node_modules/regraft-utilities/index.js':
    'exports.isArray = Array.isArray;\nexports.isNullOrUndefined = (value) => value === null || value === undefined;\n',
  'dist/proto/api_pb.js': 'module.exports = {};\n',
};

const callersOfUtilities = ['dist/nodejs_kernel_backend.js', 'dist/kernels/TopK.js'];

/** Puts the stand-ins into the folder of a built engine. */
export const writeStandIns = async (folder: string): Promise<void> => {
  for (const [file, content] of Object.entries(standIns)) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  for (const file of callersOfUtilities) {
    const path = join(folder, file);
    const code = await readFile(path, 'utf8');
    await writeFile(path, code.replace('require("util")', 'require("regraft-utilities")'));
  }
};

/** Gives the stand-ins of this process the TensorFlow.js that they hand over. */
export const offerTensorflowJs = (tensorflowJs: object): void => {
  Object.assign(globalThis, { [Symbol.for(key)]: tensorflowJs });
};

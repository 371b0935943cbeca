import type { Weight } from '../../network/network.js';
import { unreadable, unsupported } from '../format-errors.js';
import { type StateDict, unwrapNames } from '../state-dict.js';
import type { Archive } from './archive.js';
import { isTensor, type PickledTensor, type PickleMap, type PickleValue } from './pickle-value.js';
import { readLegacyArchive } from './read-legacy-archive.js';
import { readTensor } from './read-tensor.js';
import { readZipArchive } from './read-zip-archive.js';

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** Where training scripts keep the state dict in a checkpoint. */
const checkpointKeys = ['state_dict', 'model_state_dict', 'model'] as const;

const unwrapCheckpoint = (root: PickleValue): PickleMap => {
  if (root instanceof Map) {
    for (const key of checkpointKeys) {
      const inner = root.get(key);
      if (inner instanceof Map) return inner;
    }
    return root;
  }
  throw unsupported(
    'A PyTorch file must hold a state dict. Received: something else',
    'Save the weights alone: torch.save(model.state_dict(), "weights.pth").',
  );
};

const readTensors = (
  entries: readonly (readonly [string, PickledTensor])[],
  { bytesOf }: Archive,
  fileSize: number,
): StateDict => {
  const weights = new Map<string, Weight>();
  let elements = 0;
  for (const [name, tensor] of entries) {
    const weight = readTensor(tensor, bytesOf(tensor.storage));
    elements += weight.data.length;
    if (elements > fileSize) {
      throw unreadable(
        `A file of ${fileSize} bytes must hold fewer numbers than bytes. Received: tensors that share the same bytes many times`,
      );
    }
    weights.set(name, weight);
  }
  return weights;
};

/**
 * Reads the weights in a PyTorch file (`.pth`, `.pt`; the zip format and the one before it) without PyTorch: floats
 * of 16, 32 and 64 bits and integers become float32, strided tensors contiguous, in PyTorch's layout. A checkpoint's
 * `state_dict` or `model` is taken out, and DataParallel's `module.` taken off. Nothing in the file is ever run: what
 * calls anything but PyTorch's own tensor constructors is `weights-unsafe`; a damaged file is `weights-unreadable`.
 * Format: `torch/serialization.py`.
 *
 * @example const stateDict = readPytorchStateDict(bytes); // Map { 'conv1.weight' => { shape: [32, 3, 3, 3], ... } }
 */
export const readPytorchStateDict = (bytes: Uint8Array): StateDict => {
  const archive = isZip(bytes) ? readZipArchive(bytes) : readLegacyArchive(bytes);
  const entries = [...unwrapCheckpoint(archive.root)].filter(
    (entry): entry is [string, PickledTensor] => typeof entry[0] === 'string' && isTensor(entry[1]),
  );
  if (entries.length === 0) {
    throw unsupported(
      'A PyTorch file must hold named tensors. Received: none',
      'Save the weights: torch.save(model.state_dict(), "weights.pth").',
    );
  }
  return unwrapNames(readTensors(entries, archive, bytes.length));
};

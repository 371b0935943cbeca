import { findWheelUrl } from '../../backbones/find-wheel-url.js';
import { resumeDownload } from '../../backbones/resume-download.js';
import type { InstallContext } from './install-step.js';
import { pipOptions, type TensorflowWheel } from './native-release.js';

/**
 * Downloads TensorFlow's wheel from where pip would, going on where an earlier attempt ended, and returns the path of
 * a file beside `target`; undefined where only pip can have it, as with a password or through a proxy.
 *
 * @throws RegraftError `backbone-unavailable` where the connection breaks off, `cancelled`
 */
export const downloadInParts = async (
  wheel: TensorflowWheel,
  target: string,
  { python, context: { signal, onStep } }: { python: string; context: InstallContext },
): Promise<string | undefined> => {
  const url = await findWheelUrl({ ...wheel, python, options: pipOptions(wheel), signal });
  if (url === undefined) return undefined;
  let isAnswered = false;
  const onProgress = (done: number): void => {
    isAnswered = true;
    onStep({ step: 'download', done, total: wheel.bytes });
  };
  try {
    return await resumeDownload({ url, bytes: wheel.bytes }, target, { signal, onProgress });
  } catch (error) {
    if (isAnswered || signal?.aborted) throw error;
    return undefined;
  }
};

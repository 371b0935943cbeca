import { type EngineListing, visitEngines } from '../engines/list-engines.js';
import { formatQuantity } from '../format/number-format.js';
import type { Finding } from './finding.js';
import { measureTraining } from './measure-engines.js';

/** The cpu engine is hundreds of times slower than the others: one image is enough of it. */
const measure = ({ engine }: EngineListing): Promise<number> =>
  measureTraining(engine === 'cpu' ? { batch: 1, steps: 1 } : { batch: 8, steps: 4 });

const describe = (listing: EngineListing, millisecondsPerImage: number | undefined): Finding => {
  const { engine: subject, found, version, threads, problem, command } = listing;
  if (!found || millisecondsPerImage === undefined) {
    return {
      subject,
      state: 'attention',
      what: problem ?? 'not here',
      ...(command === null ? {} : { advice: `${problem ? 'Mend' : 'Add'} it with: ${command}` }),
    };
  }
  return {
    subject,
    state: 'good',
    what: `${version}, ${formatQuantity(threads ?? 1, 'thread')}: a training step of a 3 x 3 convolution takes ${millisecondsPerImage.toFixed(millisecondsPerImage < 1 ? 2 : 1)} ms an image`,
  };
};

/** Says of each engine whether it starts here, and how long a training step takes on it. */
export const examineEngines = async (): Promise<Finding[]> => {
  const findings: Finding[] = [];
  await visitEngines(async (listing) => {
    findings.push(describe(listing, listing.found ? await measure(listing) : undefined));
  });
  return findings;
};

import { access } from 'node:fs/promises';
import { type BackboneSource, type BackboneSpec, catalogue } from '@regraft/core/schemas';
import { defaultCacheFolder } from './cache-folder.js';
import { cachedPath } from './cached-path.js';
import { isInstalled } from './npm-package.js';

/** `bundled` with Regraft, `cached` on this machine, or `pullable` over the network. */
type Availability = 'bundled' | 'cached' | 'pullable';

export interface BackboneListing {
  readonly spec: BackboneSpec;
  readonly availability: Availability;
  /** What brings it here, where it is not. */
  readonly pullCommand?: string;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const findAvailability = async (source: BackboneSource, cacheFolder: string): Promise<Availability> => {
  switch (source.kind) {
    case 'npm':
      return isInstalled(source) ? 'bundled' : 'pullable';
    case 'file':
      return (await exists(source.path)) ? 'cached' : 'pullable';
    case 'url':
    case 'wheel':
      return (await exists(cachedPath(cacheFolder, source))) ? 'cached' : 'pullable';
  }
};

/**
 * The catalogue, and whether each backbone's weights are on this machine.
 *
 * @example for (const { spec, availability } of await listBackbones()) console.log(spec.id, availability);
 */
export const listBackbones = (cacheFolder: string = defaultCacheFolder()): Promise<BackboneListing[]> =>
  Promise.all(
    catalogue.map(async (spec) => {
      const availability = await findAvailability(spec.source, cacheFolder);
      return availability === 'pullable'
        ? { spec, availability, pullCommand: `regraft backbones pull ${spec.id}` }
        : { spec, availability };
    }),
  );

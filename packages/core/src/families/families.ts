import { efficientnetLite } from './efficientnet-lite/efficientnet-lite.js';
import type { Family } from './family.js';
import { mobilenetV1 } from './mobilenet-v1/mobilenet-v1.js';
import { mobilenetV2 } from './mobilenet-v2/mobilenet-v2.js';

/** Every family, by id. */
export const families: Readonly<Record<string, Family>> = Object.fromEntries(
  [mobilenetV1, mobilenetV2, efficientnetLite].map((family) => [family.id, family]),
);

import type { BackboneSpec } from './backbone-spec.js';
import { efficientnetLiteSpecs } from './catalogue/efficientnet-lite.js';
import { mobilenetV2Specs } from './catalogue/mobilenet-v2.js';

/** The backbone that is installed with Regraft and needs nothing else. */
export const defaultBackboneId = 'mobilenet-v2.openimages';

/** Every backbone that is known by name. */
export const catalogue: readonly BackboneSpec[] = [...mobilenetV2Specs, ...efficientnetLiteSpecs];

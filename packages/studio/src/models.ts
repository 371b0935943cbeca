/** The part of studio that loads TensorFlow and the image decoders, apart from the rest so that lists open at once. */
export { type BackboneDetails, describeBackbone } from './backbones/describe-backbone.js';
export { type BackboneListing, listBackbones } from './backbones/list-backbones.js';
export { type PulledBackbone, pullBackbone } from './backbones/pull-backbone.js';

export { type Diagnosis, diagnose, type Finding } from './doctor/diagnose.js';

export { evaluateVersion, type VersionEvaluation } from './evaluate/evaluate-version.js';

export { type FilePrediction, type Prediction, predictFiles } from './predict/predict-files.js';

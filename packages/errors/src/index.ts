export { type ErrorCode, type ErrorOutcome, errorCodes } from './codes.js';
export { nearestNames } from './nearest.js';
export { RegraftError, type RegraftErrorInit } from './regraft-error.js';

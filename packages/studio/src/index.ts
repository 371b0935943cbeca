export { type Estimate, formatCount, formatShare, formatTime } from './format/number-format.js';
export { openStudioStore } from './store/open-studio-store.js';
export { listVersionSummaries, type VersionSummary } from './versions/version-summary.js';

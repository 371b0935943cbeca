export { type Estimate, formatCount, formatShare, formatTime } from './format/number-format.js';
export { openStudioStore } from './store/open-studio-store.js';
export {
  type ListVersionSummariesOptions,
  listVersionSummaries,
} from './versions/list-version-summaries.js';
export type { VersionSummary } from './versions/version-summary.js';

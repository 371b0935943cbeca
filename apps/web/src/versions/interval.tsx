import type { VersionSummary } from '@regraft/studio';

type Estimate = NonNullable<VersionSummary['accuracy']>;

/** A share from 0 to 1 on its 95 % interval, on a line from 0 to 100 %. The number stands beside it. */
export const Interval = ({ value, low, high }: Estimate) =>
  value !== null &&
  low !== null &&
  high !== null && (
    <svg className="interval" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <line className="interval-axis" x1="0" x2="100" y1="6" y2="6" />
      <line className="interval-range" x1={low * 100} x2={high * 100} y1="6" y2="6" />
      <line className="interval-value" x1={value * 100} x2={value * 100} y1="1" y2="11" />
    </svg>
  );

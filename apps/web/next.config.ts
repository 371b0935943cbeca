import type { NextConfig } from 'next';

// Nothing that runs here tells anybody that it ran.
process.env.NEXT_TELEMETRY_DISABLED = '1';

const config: NextConfig = {
  poweredByHeader: false,
};

export default config;

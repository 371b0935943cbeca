import { join } from 'node:path';
import type { StoreLayout } from '../store-layout.js';

/** Float32 values are stored as they lie in memory: every platform that Node runs on is little-endian. */
export const bytesPerValue = 4;

/** Where a shard lies. A shard is its rows one after another and nothing else. */
export const shardPath = (layout: StoreLayout, file: string): string => join(layout.activations, file);

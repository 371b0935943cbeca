/** The forward pass of a frozen MobileNetV2 on onnxruntime-node, every core busy: trunk.mjs SIDE BATCH RUNS */
import { availableParallelism } from 'node:os';
import { busySeconds } from './busy-seconds.mjs';
import { mobilenetV2 } from './mobilenet-v2.mjs';
import { serve } from './serve.mjs';
import { trunkSegments } from './trunk-segments.mjs';

const [side, batch, runs] = process.argv.slice(2).map(Number);
const segments = trunkSegments(mobilenetV2(side));
const images = Array(batch * runs).fill('');
await busySeconds(Array(availableParallelism()).fill(''), { side, segments });
await serve(async () => ({ seconds: await busySeconds(images, { side, segments }) }));

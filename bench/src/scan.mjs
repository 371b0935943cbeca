/** One scan of a folder, as a process of its own: `node src/scan.mjs FOLDER`. */
import { scanDataset } from '@regraft/studio';

const started = performance.now();
const { images } = await scanDataset({ folder: process.argv[2], seed: 1 });
console.log(JSON.stringify({ images: images.length, scanSeconds: (performance.now() - started) / 1000 }));

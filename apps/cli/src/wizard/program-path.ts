import { fileURLToPath } from 'node:url';

/** The program that the wizard runs beside itself for what loads TensorFlow. */
export const programPath = fileURLToPath(new URL('../../bin/regraft.js', import.meta.url));

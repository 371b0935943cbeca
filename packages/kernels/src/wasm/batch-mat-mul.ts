import * as tf from '@tensorflow/tfjs';
import { productIntegers } from './geometry-integers.js';
import type { KernelInputs, WasmKernel } from './wasm-kernel.js';

const batchOf = ({ shape }: tf.TensorInfo): number[] => shape.slice(0, -2);

const countOf = (tensor: tf.TensorInfo): number => tf.util.sizeFromShape(batchOf(tensor));

const pairsUp = ({ a, b }: KernelInputs): boolean =>
  tf.util.arraysEqual(batchOf(a!), batchOf(b!)) || countOf(a!) === 1 || countOf(b!) === 1;

/** Matrix products of which one operand is transposed; wasm's own takes many times longer. */
export const batchMatMul: WasmKernel = {
  kernelName: 'BatchMatMul',
  accepts: (inputs, { transposeA, transposeB }) => transposeA !== transposeB && pairsUp(inputs),
  compute: (inputs, { transposeA }, { assembly, address, output, scratch, integers }) => {
    const [a, b] = [inputs.a!, inputs.b!];
    const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
    const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
    const [rows, columns] = transposeA ? [aColumns, bColumns] : [aRows, bRows];
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchOf(a), batchOf(b));
    const product = output([...batch, rows, columns]);
    const [multiply, size, geometry] = transposeA
      ? ([
          assembly.convolutionFilterGradient,
          assembly.convolutionFilterGradientScratch(columns),
          productIntegers(aRows, rows, columns),
        ] as const)
      : ([
          assembly.convolutionInputGradient,
          assembly.convolutionInputGradientScratch(columns, aColumns, 1),
          productIntegers(rows, columns, aColumns),
        ] as const);
    const [workspace, integerAddress] = [scratch(size), integers(geometry)];
    const [aStep, bStep] = [countOf(a) === 1 ? 0 : aRows * aColumns, countOf(b) === 1 ? 0 : bRows * bColumns];
    for (let index = 0; index < tf.util.sizeFromShape(batch); index++) {
      multiply(
        address(a) + 4 * index * aStep,
        address(b) + 4 * index * bStep,
        address(product) + 4 * index * rows * columns,
        workspace,
        integerAddress,
      );
    }
    return product;
  },
};

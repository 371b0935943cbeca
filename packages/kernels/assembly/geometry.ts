/**
 * Sizes of a convolution or a pooling: fifteen 32-bit integers in the order of these functions. Output row o and tap t
 * meet at the input's row o * strideHeight + t * dilationHeight - padTop.
 */
export function batchSize(geometry: usize): i32 {
  return load<i32>(geometry);
}

export function inHeight(geometry: usize): i32 {
  return load<i32>(geometry, 4);
}

export function inWidth(geometry: usize): i32 {
  return load<i32>(geometry, 8);
}

export function inChannels(geometry: usize): i32 {
  return load<i32>(geometry, 12);
}

export function outHeight(geometry: usize): i32 {
  return load<i32>(geometry, 16);
}

export function outWidth(geometry: usize): i32 {
  return load<i32>(geometry, 20);
}

export function outChannels(geometry: usize): i32 {
  return load<i32>(geometry, 24);
}

export function filterHeight(geometry: usize): i32 {
  return load<i32>(geometry, 28);
}

export function filterWidth(geometry: usize): i32 {
  return load<i32>(geometry, 32);
}

export function strideHeight(geometry: usize): i32 {
  return load<i32>(geometry, 36);
}

export function strideWidth(geometry: usize): i32 {
  return load<i32>(geometry, 40);
}

export function dilationHeight(geometry: usize): i32 {
  return load<i32>(geometry, 44);
}

export function dilationWidth(geometry: usize): i32 {
  return load<i32>(geometry, 48);
}

export function padTop(geometry: usize): i32 {
  return load<i32>(geometry, 52);
}

export function padLeft(geometry: usize): i32 {
  return load<i32>(geometry, 56);
}

/** Whether the window is 3x3 and moves by one pixel, without dilation, over at most two columns of padding a side. */
export function isPlainThreeByThree(geometry: usize): bool {
  return (
    filterHeight(geometry) === 3 &&
    filterWidth(geometry) === 3 &&
    strideHeight(geometry) * strideWidth(geometry) === 1 &&
    dilationHeight(geometry) * dilationWidth(geometry) === 1 &&
    padLeft(geometry) <= 2 &&
    outWidth(geometry) <= inWidth(geometry) + padLeft(geometry)
  );
}

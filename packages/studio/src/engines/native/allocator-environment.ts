/**
 * What a process that trains on the native engine is started with. TensorFlow allocates each activation anew; by default
 * the C library gives memory of that size back to the system at once, and every page of it is faulted in again at the
 * next step. Kept in the process, in large pages, a training step takes a tenth less time. Other C libraries than
 * GNU's, and a user's own settings, are left alone.
 */
export const allocatorEnvironment = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> =>
  environment.GLIBC_TUNABLES === undefined
    ? {
        GLIBC_TUNABLES: [
          'glibc.malloc.hugetlb=1',
          'glibc.malloc.mmap_threshold=33554432',
          'glibc.malloc.trim_threshold=8589934592',
          'glibc.malloc.top_pad=134217728',
        ].join(':'),
      }
    : {};

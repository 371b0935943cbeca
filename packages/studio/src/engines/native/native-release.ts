/** A package of npm that carries the addon's JavaScript and C++. */
export interface AddonPackage {
  readonly name: string;
  readonly version: string;
  /** Of the archive that `npm pack` writes. */
  readonly sha256: string;
}

/** The addon that fits the TensorFlow.js that is used here. */
export const tfjsNode: AddonPackage = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  sha256: 'd38a448a705efc6e655a080f896b3af646ae39dffbfe9c90b06cb9fc3a2b9358',
};

/** A Python package whose wheel for one platform carries TensorFlow's library and headers. */
export interface TensorflowWheel {
  readonly package: string;
  readonly version: string;
  /** What pip calls the platform. */
  readonly platform: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The files of a wheel that the addon is linked with, and that lie beside it for good. */
export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

const wheels: Readonly<Record<string, TensorflowWheel>> = {
  'linux x64': {
    package: 'tensorflow-cpu',
    version: '2.16.2',
    platform: 'manylinux2014_x86_64',
    sha256: 'c855cb6bf05d32dd5928086b03a5f6b4189b63c22b95e017703cbee4291023ca',
    bytes: 214_055_683,
  },
  'linux arm64': {
    package: 'tensorflow',
    version: '2.16.2',
    platform: 'manylinux2014_aarch64',
    sha256: '8728b12bc86941d90d0a927c40d4b21f8820964a80439a7c45f850eb37d57067',
    bytes: 218_904_025,
  },
};

/** Platforms that a wheel serves, as `linux x64`. */
export const supportedPlatforms: readonly string[] = Object.keys(wheels);

/** The wheel for a platform, where there is one. */
export const findWheel = (platform: string): TensorflowWheel | undefined => wheels[platform];

/** pip's options for a wheel, whatever Python runs pip. */
export const pipOptions = ({ platform }: TensorflowWheel): string[] => {
  const python = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];
  return ['--platform', platform, ...python];
};

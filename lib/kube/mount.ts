/**
 * What is wrong with `volumeMounts[].mountPath`.
 *
 * The API server only requires a non-empty string. The field's documentation (core/v1 VolumeMount) forbids a colon, and
 * a relative path is resolved from `/`, which is rarely intended: both are rejected here.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateVolumeMounts 1.36
 */
export function mountPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'must be an absolute path, which begins with "/"';
  return path.includes(':') ? 'must not contain ":"' : undefined;
}

/**
 * What is wrong with `volumeMounts[].subPath` or `subPathExpr`; an empty string means the whole volume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLocalDescendingPath 1.36
 */
export function subPathProblem(path: string): string | undefined {
  if (path.startsWith('/')) return 'must be a relative path, which does not begin with "/"';
  return path.split('/').includes('..') ? 'must not have ".." between its slashes' : undefined;
}

/**
 * What is wrong with the path of a file in a volume: `items[].path` of ConfigMaps, Secrets and projections. The kubelet
 * reserves names that begin with two dots.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLocalNonReservedPath 1.36
 */
export function relativePathProblem(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  return subPathProblem(path) ?? (path.startsWith('..') ? 'must not begin with ".."' : undefined);
}

/**
 * The types of a hostPath volume, except `''`, which means no check.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHostPathType 1.36
 */
export const HOST_PATH_TYPES: readonly string[] = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

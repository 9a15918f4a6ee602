import type { Provider } from './cluster-profile';

/** A well-known instance type of a cloud. */
export interface InstanceType {
  readonly provider: Provider;
  readonly cpus: number;
  /** Memory in MiB, as the cloud lists it. */
  readonly memory: number;
  readonly arch: 'amd64' | 'arm64';
  /** How many pods a node of it takes, where addresses of its network interfaces are the limit. */
  readonly pods?: number;
}

const GIBIBYTE = 1024;

/**
 * Families of EC2 by the sizes that they come in, as multiples of xlarge. Numbers of CPUs and memory are regular: an xlarge
 * has 4 CPUs, and c, m and r have 2, 4 and 8 GiB for each.
 *
 * Sources, read in 2026-11: the pages of instance types on https://aws.amazon.com/ec2/instance-types/, and eni-max-pods.txt of
 * github.com/awslabs/amazon-eks-ami for the pods.
 */
const EC2: readonly (readonly [string, string])[] = [
  ['m5 m5a m5d m5n r5 r5a r5d r5n', 'large 1 2 4 8 12 16 24'],
  ['c5 c5d', 'large 1 2 4 9 12 18 24'],
  ['c5a', 'large 1 2 4 8 12 16 24'],
  ['c6g c6gd m6g m6gd r6g r6gd c7g c7gd m7g m7gd r7g r7gd', 'medium large 1 2 4 8 12 16'],
  ['c8g m8g r8g', 'medium large 1 2 4 8 12 16 24 48'],
  ['c6i c6id m6i m6id r6i r6id', 'large 1 2 4 8 12 16 24 32'],
  ['c6a m6a r6a', 'large 1 2 4 8 12 16 24 32 48'],
  ['c7a m7a r7a', 'medium large 1 2 4 8 12 16 24 32 48'],
  ['c7i m7i r7i', 'large 1 2 4 8 12 16 24 48'],
];

/** Sizes of the burstable families: CPUs, GiB and pods; a t3a.small takes 8. */
const BURSTABLE = {
  small: [2, 2, 11],
  medium: [2, 4, 17],
  large: [2, 8, 35],
  xlarge: [4, 16, 58],
  '2xlarge': [8, 32, 58],
} as const;

/**
 * Series of Compute Engine with GiB for each CPU and the numbers of CPUs. Types that share a core are left out.
 *
 * Source, read in 2026-11: https://docs.cloud.google.com/compute/docs/general-purpose-machines and the pages of the other
 * families.
 */
const GCE: readonly (readonly [string, number, string])[] = [
  ['e2-standard', 4, '2 4 8 16 32'],
  ['e2-highmem', 8, '2 4 8 16'],
  ['e2-highcpu', 1, '2 4 8 16 32'],
  ['n1-standard', 3.75, '1 2 4 8 16 32 64 96'],
  ['n1-highmem', 6.5, '2 4 8 16 32 64 96'],
  ['n2-standard n2d-standard', 4, '2 4 8 16 32 48 64 80'],
  ['n2-highmem n2d-highmem', 8, '2 4 8 16 32 48 64'],
  ['n2-highcpu n2d-highcpu', 1, '2 4 8 16 32 48 64 80'],
  ['n4-standard', 4, '2 4 8 16 32 48 64 80'],
  ['n4-highmem', 8, '2 4 8 16 32 48 64 80'],
  ['n4-highcpu', 2, '2 4 8 16 32 48 64 80'],
  ['c3-standard', 4, '4 8 22 44 88 176'],
  ['c3-highmem', 8, '4 8 22 44 88 176'],
  ['c3-highcpu', 2, '4 8 22 44 88 176'],
  ['c4a-standard', 4, '1 2 4 8 16 32 48 64 72'],
  ['c4a-highmem', 8, '1 2 4 8 16 32 48 64 72'],
  ['c4a-highcpu', 2, '1 2 4 8 16 32 48 64 72'],
  ['t2d-standard', 4, '1 2 4 8 16 32 48 60'],
  ['t2a-standard', 4, '1 2 4 8 16 32 48'],
];

/**
 * Series of Azure: letter, what follows the number of CPUs, GiB for each CPU, and the numbers of CPUs. Sizes whose memory is
 * not regular are left out.
 *
 * Source, read in 2026-11: https://learn.microsoft.com/azure/virtual-machines/sizes/overview and the pages of the series.
 */
const AZURE: readonly (readonly [string, string, number, string])[] = [
  ['D', '_v3 s_v3 _v4 s_v4 ds_v4 as_v4', 4, '2 4 8 16 32 48 64'],
  ['D', '_v5 s_v5 ds_v5 as_v5 ads_v5 s_v6 ds_v6 as_v6 ads_v6', 4, '2 4 8 16 32 48 64 96'],
  ['D', 'ps_v5 pds_v5', 4, '2 4 8 16 32 48 64'],
  ['E', '_v3 s_v3 _v4 s_v4 ds_v4 as_v4', 8, '2 4 8 16 32 48'],
  ['E', '_v5 s_v5 ds_v5 as_v5 ads_v5 s_v6 ds_v6 as_v6 ads_v6', 8, '2 4 8 16 32 48 64'],
  ['F', 's_v2', 2, '2 4 8 16 32 48 64'],
];

let known: ReadonlyMap<string, InstanceType> | undefined;

/** The instance types that are known, by name: `m7g.large`, `n2-standard-4`, `Standard_D4s_v5`. */
export function instanceTypes(): ReadonlyMap<string, InstanceType> {
  known ??= new Map([...ec2(), ...gce(), ...azure()]);
  return known;
}

function* ec2(): Generator<[string, InstanceType]> {
  for (const [families, sizes] of EC2)
    for (const family of families.split(' '))
      for (const size of sizes.split(' ')) {
        const cpus = size === 'medium' ? 1 : size === 'large' ? 2 : 4 * Number(size);
        const each = family.startsWith('c') ? 2 : family.startsWith('m') ? 4 : 8;
        const name = Number(size) > 0 ? `${size === '1' ? '' : size}xlarge` : size;
        yield [`${family}.${name}`, { ...ec2Type(family, cpus, cpus * each), pods: podsFor(cpus) }];
      }
  for (const family of ['t3', 't3a', 't4g'])
    for (const [size, [cpus, memory, pods]] of Object.entries(BURSTABLE))
      yield [
        `${family}.${size}`,
        { ...ec2Type(family, cpus, memory), pods: family === 't3a' && size === 'small' ? 8 : pods },
      ];
}

function ec2Type(family: string, cpus: number, memory: number): InstanceType {
  return { provider: 'eks', cpus, memory: memory * GIBIBYTE, arch: /\dg/.test(family) ? 'arm64' : 'amd64' };
}

/** By the interfaces and addresses that instances of a size have: interfaces × (addresses - 1) + 2. */
function podsFor(cpus: number): number {
  if (cpus === 1) return 2 * (4 - 1) + 2;
  if (cpus === 2) return 3 * (10 - 1) + 2;
  if (cpus <= 8) return 4 * (15 - 1) + 2;
  return cpus <= 48 ? 8 * (30 - 1) + 2 : 15 * (50 - 1) + 2;
}

function* gce(): Generator<[string, InstanceType]> {
  for (const [series, each, sizes] of GCE)
    for (const name of series.split(' '))
      for (const cpus of sizes.split(' ').map(Number)) {
        const arch = /^(t2a|c4a)/.test(name) ? 'arm64' : 'amd64';
        yield [`${name}-${cpus}`, { provider: 'gke', cpus, memory: cpus * each * GIBIBYTE, arch }];
      }
}

function* azure(): Generator<[string, InstanceType]> {
  for (const [letter, endings, each, sizes] of AZURE)
    for (const ending of endings.split(' '))
      for (const cpus of sizes.split(' ').map(Number)) {
        const arch = ending.startsWith('p') ? 'arm64' : 'amd64';
        const name = `Standard_${letter}${cpus}${ending}`;
        yield [name, { provider: 'aks', cpus, memory: cpus * each * GIBIBYTE, arch }];
      }
}

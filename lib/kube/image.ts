import { oneOf } from '../errors';

/** The parts of a container image reference. */
export interface ImageReference {
  /** Host and optional port: `ghcr.io`, `localhost:5000`. Absent means Docker Hub. */
  readonly registry?: string;
  /** Path in the registry: `acme/shop-api`. */
  readonly repository: string;
  readonly tag?: string;
  /** Algorithm and hex: `sha256:…`. */
  readonly digest?: string;
}

const DNS_NAME = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = new RegExp(`^(?:${DNS_NAME}(?:\\.${DNS_NAME})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?$`);
const FOLDER = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${FOLDER}(?:/${FOLDER})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const REPOSITORY_MAX_LENGTH = 255;
/** Number of hex digits by algorithm; runtimes support no other algorithm (opencontainers/go-digest). */
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * The parts of an image reference; undefined when it is not valid.
 *
 * The kubelet and container runtimes parse images with the same grammar. One thing is stricter here: in `Acme/api` the
 * grammar takes `Acme` for a registry, while this function rejects it as a misspelled repository.
 *
 * @source github.com/distribution/reference reference.go Parse 1.36
 */
export function parseImage(reference: string): ImageReference | undefined {
  return imageProblem(reference) === undefined ? split(reference) : undefined;
}

/**
 * What is wrong with an image reference; undefined when it can be pulled.
 *
 * The API server itself rejects only an empty image and one with surrounding spaces; a container with any other invalid
 * image waits in `InvalidImageName`.
 */
export function imageProblem(reference: string): string | undefined {
  if (reference === '') return 'must not be empty';
  if (/\s/.test(reference)) return 'must not contain white space';
  if (/^[a-z]+:\/\//i.test(reference))
    return 'must not begin with a scheme: write "ghcr.io/acme/api", without "https://"';
  if (/^[a-f0-9]{64}$/.test(reference)) return 'must be a name, not an image ID';
  const { registry, repository, tag, digest } = split(reference);
  // A name such as my_registry.example is not a DNS name, but the grammar accepts it as the first part of a path.
  if (registry !== undefined && !HOST.test(registry) && !REPOSITORY.test(registry))
    return `the registry "${registry}" must be a host name with an optional port`;
  return repositoryProblem(repository, registry) ?? tagProblem(tag) ?? digestProblem(digest);
}

/** The registry and path of an image, also where a reference leaves them to be those of Docker Hub: `docker.io/library/nginx`. */
export function fullImageName({ registry, repository }: ImageReference): string {
  const isHub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io';
  if (!isHub) return `${registry}/${repository}`;
  return `docker.io/${repository.includes('/') ? repository : `library/${repository}`}`;
}

/** Splits a reference at its separators without checking the parts. */
function split(reference: string): ImageReference {
  const at = reference.indexOf('@');
  const named = at < 0 ? reference : reference.slice(0, at);
  const slash = named.indexOf('/');
  const registry = slash >= 0 && isRegistry(named.slice(0, slash)) ? named.slice(0, slash) : undefined;
  const path = registry === undefined ? named : named.slice(slash + 1);
  const colon = path.indexOf(':');
  return {
    repository: colon < 0 ? path : path.slice(0, colon),
    ...(registry === undefined ? {} : { registry }),
    ...(colon < 0 ? {} : { tag: path.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: reference.slice(at + 1) }),
  };
}

/** Whether the text before the first slash is a host; otherwise it is the first part of a path on Docker Hub. */
function isRegistry(text: string): boolean {
  return text === 'localhost' || /[.:]/.test(text);
}

function repositoryProblem(repository: string, registry: string | undefined): string | undefined {
  if (repository === '') return 'must name a repository';
  if (/[A-Z]/.test(repository))
    return `the repository "${repository}" must be lower case: "${repository.toLowerCase()}"`;
  if (!REPOSITORY.test(repository))
    return `the repository "${repository}" must be lower-case letters and digits with ".", "_", "__" or "-" between them, in parts divided by "/"`;
  // Docker Hub keeps repositories without a namespace under library/.
  const path = registry === undefined && !repository.includes('/') ? `library/${repository}` : repository;
  return path.length > REPOSITORY_MAX_LENGTH
    ? `the repository must be at most ${REPOSITORY_MAX_LENGTH} characters`
    : undefined;
}

function tagProblem(tag: string | undefined): string | undefined {
  if (tag === undefined || TAG.test(tag)) return undefined;
  if (tag === '') return 'must have a tag after ":"';
  return `the tag "${tag}" must be at most 128 letters, digits, "_", "." and "-", and not begin with "." or "-"`;
}

function digestProblem(digest: string | undefined): string | undefined {
  if (digest === undefined) return undefined;
  const [, algorithm = '', hex = ''] = /^([^:]*):?(.*)$/s.exec(digest) ?? [];
  const length = DIGEST_LENGTHS.get(algorithm);
  if (length === undefined)
    return `the digest must begin with ${oneOf([...DIGEST_LENGTHS.keys()])} and a colon`;
  if (hex.length === length && /^[a-f0-9]+$/.test(hex)) return undefined;
  return `the digest must have ${length} digits 0-9 and a-f after "${algorithm}:", and has ${hex.length} characters there`;
}

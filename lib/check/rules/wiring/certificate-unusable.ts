import { certificateProblem } from '../../../apiserver/warnings/kinds/secret';
import { nearest } from '../../../errors';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { Field } from '../../../manifest/field';
import type { Cluster } from '../../../graph/cluster';
import { choice } from '../../../graph/describe';
import { derivedFrom } from '../../../graph/makers/registry';
import { namespaceOf } from '../../../graph/namespace';
import { referencesIn } from '../../../graph/references';
import type { Rule } from '../../rule';

const TLS = 'kubernetes.io/tls';
const KEYS = ['tls.crt', 'tls.key'];

/** Source: `SecretTypeTLS` of core/v1, `IngressTLS.secretName` of networking.k8s.io/v1, `GatewayTLSConfig` of the Gateway API. */
export const certificateUnusable: Rule = {
  name: 'wiring/certificate-unusable',
  severity: 'error',
  about:
    'Finds Secrets that an Ingress or Gateway uses as its certificate and that lack tls.crt or tls.key, or whose certificate and key do not belong together. A warning where their values may be placeholders.',
  why: 'The controller serves its own default certificate instead, and clients refuse it, or the listener is not programmed.',
  run(cluster, report) {
    const reported = new Set<Manifest>();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.role !== 'tls-secret') continue;
      const { from, found, resolution } = reference;
      if (resolution !== 'set' || found?.id.kind !== 'Secret' || reported.has(found)) continue;
      if (cluster.derived(filledSecrets).has(secretKey(found)) || isCopied(found)) continue;
      const problem = problemOf(found);
      if (problem === undefined) continue;
      reported.add(found);
      const { path, text, hint, isProven } = problem;
      const message = `${formatId(from.id)} uses it as a certificate, but ${text}`;
      report(found, path, message, hint, isProven ? undefined : 'warning');
    }
  },
};

interface Problem {
  readonly path: string;
  readonly text: string;
  readonly hint: string;
  readonly isProven: boolean;
}

function problemOf({ object }: Manifest): Problem | undefined {
  const root = Field.root(object);
  const isTls = root.child('type').text === TLS;
  const maps = ['data', 'stringData'].map((name) => root.child(name));
  const has = maps.flatMap((map) => map.entries.map(({ name }) => name));
  // Whoever keeps values out of the manifests fills it in the cluster.
  if (has.length === 0) return undefined;
  const path = maps.find(({ size }) => size > 0)?.path ?? '';
  const missing = KEYS.find((key) => !has.includes(key));
  if (missing !== undefined) {
    // The API server refuses a Secret of the type without them.
    if (isTls) return undefined;
    return { path, text: `it has no key "${missing}"`, hint: keyHint(missing, has), isProven: true };
  }
  const problem = certificateProblem(root);
  if (problem === undefined) return undefined;
  const isProven = CONTRADICTIONS.some((each) => problem.includes(each));
  // The API server warns about the rest of this type itself, and who leaves a value empty fills it in the cluster.
  if (!isProven && (isTls || KEYS.some((key) => maps.some((map) => map.key(key).value === ''))))
    return undefined;
  const hint = isProven
    ? 'Put the certificate into tls.crt, and its own private key into tls.key.'
    : 'Put PEM into tls.crt and tls.key, unless something replaces them before they are applied.';
  return { path, text: problem, hint, isProven };
}

/** What is wrong whatever replaces a placeholder: both hold PEM. */
const CONTRADICTIONS = [
  'may have been switched',
  'found a certificate rather than a key',
  'private key does not match',
];

function keyHint(missing: string, has: readonly string[]): string {
  const near = nearest(missing, has);
  return near === undefined
    ? `It has ${choice(has)}: name them tls.crt and tls.key.`
    : `Rename "${near}" to "${missing}".`;
}

/** Annotations by which a controller copies the data of another Secret into this one. */
const COPIED =
  /^(reflector\.v1\.k8s\.emberstack\.com\/reflects|replicator\.v1\.mittwald\.de\/replicate-from)$/;

function isCopied({ object }: Manifest): boolean {
  const annotations = Field.root(object).at('metadata', 'annotations');
  return annotations.entries.some(({ name }) => COPIED.test(name));
}

/** The Secrets that the controllers of other objects write, such as those of a Certificate. */
function filledSecrets({ set, assumed }: Cluster): ReadonlySet<string> {
  const targets = [...set, ...assumed].flatMap((manifest) =>
    derivedFrom(manifest).map(({ target }) => target),
  );
  return new Set(
    targets.filter(({ kind }) => kind === 'Secret').map(({ namespace = '', name }) => `${namespace}/${name}`),
  );
}

function secretKey(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.id.name}`;
}

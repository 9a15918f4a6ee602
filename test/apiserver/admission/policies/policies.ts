import { admitSet, type AdmitSetOptions } from '../../../../lib/check/admit-set';
import type { Finding } from '../../../../lib/check/finding';
import { ManifestSet } from '../../../../lib/manifest/set';

export type Plain = Record<string, unknown>;

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** A rule about the creation of Deployments; `more` replaces its fields. */
export function rule(more: Plain = {}): Plain {
  const about = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] };
  return { operations: ['CREATE'], ...about, ...more };
}

/** A policy about Deployments, with the fields of its `spec`. */
export function policy(spec: Plain): Plain {
  const matchConstraints = { resourceRules: [rule()] };
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'limits' },
    spec: { matchConstraints, ...spec },
  };
}

/** What puts the policy in force. */
export function binding(spec: Plain = {}): Plain {
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'everywhere' },
    spec: { policyName: 'limits', validationActions: ['Deny'], ...spec },
  };
}

/** A Deployment with `replicas`, with other metadata if need be. */
export function deployment(replicas = 1, metadata: Plain = {}): Plain {
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    },
  };
}

export function namespace(name: string, labels: Plain = {}): Plain {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** What is said of `objects` by the policies among them. */
export function said(objects: readonly Plain[], options: AdmitSetOptions = {}): Finding[] {
  return admitSet(ManifestSet.of(objects), options);
}

/** The messages that a policy with `spec` has for a Deployment of `replicas`. */
export function messages(spec: Plain, replicas = 9): string[] {
  return said([policy(spec), binding(), deployment(replicas)]).map(({ message }) => message);
}

import type { KubeObject } from '../../manifest/manifest';
import { required } from '../deployer';
import type { TargetInput } from '../target';

/** What all objects of Flux that are written have in common. */
export interface FluxSettings {
  readonly namespace: string;
  readonly interval: string;
  readonly kind: 'GitRepository' | 'OCIRepository';
  readonly url: string;
  readonly revision: string | undefined;
  /** The Secret with the credentials of the source. */
  readonly secret: string | undefined;
}

const EXAMPLES = {
  GitRepository: 'https://github.com/acme/shop.git',
  OCIRepository: 'oci://ghcr.io/acme/shop',
};

/** @param report takes CONFIG_INVALID where the repository is missing, or Flux cannot read an address like it */
export function settingsOf({ options, repository, report }: TargetInput): FluxSettings {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const kind = text('source') === 'oci' ? 'OCIRepository' : 'GitRepository';
  const example = EXAMPLES[kind];
  const url = required(repository.url, 'repository.url', 'the repository that Flux reads', example, report);
  const isRight = kind === 'OCIRepository' ? /^oci:\/\//.test(url) : /^(?:https?|ssh):\/\//.test(url);
  if (url !== '' && !isRight) {
    report({
      code: 'CONFIG_INVALID',
      path: 'seaworthy.repository.url',
      message: `Invalid value: "${url}": a ${kind} takes ${kind === 'OCIRepository' ? 'oci://' : 'http://, https:// or ssh://'}`,
      hint: `For example: ${example}`,
    });
  }
  return {
    namespace: text('namespace') ?? 'flux-system',
    interval: text('interval') ?? '10m',
    kind,
    url,
    revision: repository.revision,
    secret: text('secret'),
  };
}

/** Source: "Git Repositories" and "OCI Repositories" of Flux's source-controller, API version v1. */
export function sourceNamed(
  name: string,
  { namespace, interval, kind, url, revision, secret }: FluxSettings,
): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      interval,
      url,
      ref: kind === 'OCIRepository' ? { tag: revision ?? 'latest' } : { branch: revision ?? 'main' },
      ...(secret !== undefined && { secretRef: { name: secret } }),
    },
  };
}

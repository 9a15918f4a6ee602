/** Why a file or a document is skipped: one and many of it in the count, and what `--verbose` says of each. */
const REASONS = {
  unrendered: ['unrendered template', 'unrendered templates', 'a template, not yet rendered to YAML'],
  chart: ['Helm chart', 'Helm charts', 'a Helm chart'],
  helm: ['Helm file', 'Helm files', 'a file of Helm'],
  values: ['values file', 'values files', 'values of a Helm chart'],
  client: ['client-side configuration', 'client-side configurations', 'configuration of a program'],
  request: ['request', 'requests', 'a request to the API server, which it does not store'],
  kustomization: ['kustomization', 'kustomizations', 'a kustomization'],
  kustomized: ['file of a kustomization', 'files of kustomizations', 'a part of a kustomization'],
  patch: ['patch', 'patches', 'a patch'],
  expected: ['expectation of a test', 'expectations of tests', 'a part of an object that a test expects'],
  encrypted: ['SOPS-encrypted file', 'SOPS-encrypted files', 'encrypted by SOPS'],
  compose: ['Compose file', 'Compose files', 'a Compose file'],
  ci: ['CI configuration', 'CI configurations', 'configuration of CI'],
  rules: ['Prometheus file', 'Prometheus files', 'rules or configuration of Prometheus'],
  playbook: ['Ansible file', 'Ansible files', 'tasks of Ansible'],
  api: ['API description', 'API descriptions', 'an OpenAPI document or a JSON schema'],
  other: ['file without Kubernetes objects', 'files without Kubernetes objects', 'no Kubernetes objects'],
  empty: ['empty file', 'empty files', 'empty'],
  binary: ['binary file', 'binary files', 'no text'],
  link: ['link', 'links', 'a link'],
  hidden: ['hidden folder', 'hidden folders', 'hidden'],
  packages: ['folder of packages', 'folders of packages', 'packages of a project'],
} as const;

export type Reason = keyof typeof REASONS;

/** What is known to be something else: a folder of these alone is fine. What is built or rendered first is not. */
const NO_MANIFESTS: ReadonlySet<Reason> = new Set<Reason>([
  'helm',
  'values',
  'client',
  'request',
  'patch',
  'expected',
  'compose',
  'ci',
  'rules',
  'playbook',
  'api',
]);
const NOT_YET_MANIFESTS: ReadonlySet<Reason> = new Set<Reason>([
  'unrendered',
  'chart',
  'kustomization',
  'kustomized',
]);

/** Whether there is nothing to check because all of it is known to be something else. */
export function isNothingToCheck(skipped: readonly Skipped[]): boolean {
  return (
    skipped.some(({ why }) => NO_MANIFESTS.has(why)) && !skipped.some(({ why }) => NOT_YET_MANIFESTS.has(why))
  );
}

/** A file, folder or document that is not read, and why. */
export interface Skipped {
  /** As messages name it, a document of a larger file by its line: `deploy/all.yaml:14`. */
  readonly shown: string;
  readonly why: Reason;
  /** What `--verbose` says of it. @default the words for `why` */
  readonly reason?: string;
  /** The command that checks what it builds. @default there is none */
  readonly command?: string;
  /** Whether the user named the file, not only its folder. @default false */
  readonly named?: boolean;
}

export function describeReason({ why, reason, command }: Skipped): string {
  const said = reason ?? REASONS[why][2];
  return command === undefined ? said : `${said}; check what it builds: ${command}`;
}

/** `3 templates` */
export function countOf(why: Reason, count: number): string {
  return `${count} ${REASONS[why][count === 1 ? 0 : 1]}`;
}

import type { Problem } from '../../errors';
import { dnsLabel } from '../../kube/names';
import { emitYaml } from '../../manifest/yaml/emit';
import type { PlacedDeployment, TargetOptions } from '../target';

/** Semantic Versioning 2.0.0, as Helm wants the version of a chart. */
const SEMVER =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

/** What a chart says of itself. */
export interface ChartAbout {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string | undefined;
}

/** @param report takes CONFIG_INVALID for a name or version that Helm refuses */
export function aboutChart(
  { app = 'app' }: PlacedDeployment,
  options: TargetOptions,
  report: (problem: Problem) => void,
): ChartAbout {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const refuse = (option: string, value: string, fault: string, hint: string): void =>
    report({
      code: 'CONFIG_INVALID',
      path: `seaworthy.targets.helm.${option}`,
      message: `Invalid value: "${value}": ${fault}`,
      hint,
    });
  const about = {
    name: text('name') ?? app,
    version: text('version') ?? '0.1.0',
    appVersion: text('appVersion'),
  };
  const fault = dnsLabel(about.name);
  if (fault !== undefined) refuse('name', about.name, fault, 'For example: shop');
  if (!SEMVER.test(about.version))
    refuse('version', about.version, 'must be a semantic version', 'For example: 1.4.0');
  return about;
}

export function chartFile(
  { name, version, appVersion }: ChartAbout,
  { environment }: PlacedDeployment,
): string {
  return emitYaml({
    apiVersion: 'v2',
    name,
    description: environment === undefined ? name : `${name} in ${environment}`,
    type: 'application',
    version,
    ...(appVersion !== undefined && { appVersion }),
  });
}

/** What `helm install` prints. */
export function notes({ manifests }: PlacedDeployment): string {
  const names = [...new Set(manifests.flatMap(({ id }) => id.namespace ?? []))].sort();
  const where =
    names.length === 0
      ? ''
      : `Its objects are in ${names.length === 1 ? 'namespace' : 'namespaces'} ${names.join(', ')}.\n`;
  return `{{ .Chart.Name }} {{ .Chart.Version }} is release {{ .Release.Name }}.
${where}The chart is generated: its values are those of values.yaml, all else is changed in the code of the app.
`;
}

/** What is no part of the chart, should it come into its folder. */
export const IGNORED = '.git/\n.gitignore\n.DS_Store\n*.swp\n*.bak\n*.orig\n*.tmp\n*~\n';

import { SeaworthyError } from '../../errors';
import type { HelmRelease } from '../../manifest/helm-release';
import { plainValue } from '../../manifest/plain';
import { checkNamespace } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import { readChartFile } from './chart-file';
import type { HelmChartProps } from './chart-props';

/** Longest name of a release. */
export const RELEASE_LENGTH = 53;

/** @source helm.sh/helm/v4 pkg/chart/v2/util/validate_name.go validName, maxNameLen 4.1 */
const RELEASE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A semantic version with all three numbers. */
const VERSION = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** What props say of a release; nothing where they say too little, which is reported. */
export function releaseFrom(
  props: HelmChartProps,
  name: string,
  namespace: string | undefined,
  reportTo: Reporter,
): HelmRelease | undefined {
  let isRight = true;
  const report: Reporter = (problem) => {
    isRight = false;
    reportTo(problem);
  };
  const { folder, repository, crds = 'CreateReplace', repositorySecret } = props;
  const file = folder === undefined ? undefined : readChartFile(folder, report);
  if (folder !== undefined && file === undefined) return undefined;
  const chart = required('chart', props.chart, file?.name, report);
  const version = required('version', props.version, file?.version, report);
  checkVersion(version, report);
  checkRepository(props, report);
  checkNamespace(props.namespace, report);
  checkName(name, report);
  const values = plainValues(props.values, report);
  if (!isRight || chart === undefined || version === undefined) return undefined;
  return {
    name,
    ...optional('namespace', namespace),
    chart,
    ...optional('repository', repository),
    version,
    ...optional('values', values),
    crds,
    ...optional('repositorySecret', repositorySecret),
  };
}

/** A prop that a folder may say as well. */
function required(
  path: 'chart' | 'version',
  given: string | undefined,
  found: string | undefined,
  report: Reporter,
): string | undefined {
  if (given !== undefined && found !== undefined && given !== found)
    report({
      code: 'INVALID_PROP',
      path,
      message: `Invalid value: "${given}": the folder has ${path} "${found}"`,
      hint: `Leave out \`${path}\`, or put that chart into the folder: helm pull --untar.`,
    });
  const value = given ?? found;
  if (value === undefined)
    report({
      code: 'MISSING_PROP',
      path,
      message: `Required value: ${path === 'chart' ? 'the name of the chart' : 'one version of the chart'}`,
      hint: `For example: ${path}: '${path === 'chart' ? 'redis' : '1.2.3'}'.`,
    });
  return value;
}

function checkVersion(version: string | undefined, report: Reporter): void {
  if (version === undefined || VERSION.test(version)) return;
  report({
    code: 'INVALID_PROP',
    path: 'version',
    message: `Invalid value: "${version}": must be one version with three numbers, not a range`,
    hint: "For example: version: '1.2.3'. What is rendered would change without a change of the code.",
  });
}

function checkRepository({ repository, folder }: HelmChartProps, report: Reporter): void {
  if (repository === undefined) {
    if (folder !== undefined) return;
    const message = 'Required value: the repository of the chart, or a folder with it';
    const hint =
      "For example: repository: 'https://charts.example', or repository: 'oci://ghcr.io/acme/charts'.";
    report({ code: 'MISSING_PROP', path: 'repository', message, hint });
  } else if (!/^(?:https?|oci):\/\/[^/\s]/.test(repository)) {
    const message = `Invalid value: "${repository}": must begin with https:// or oci://`;
    report({ code: 'INVALID_PROP', path: 'repository', message });
  }
}

function checkName(name: string, report: Reporter): void {
  if (name.length <= RELEASE_LENGTH && RELEASE_NAME.test(name)) return;
  const message = `Invalid value: "${name}": must be a lowercase DNS name of at most ${RELEASE_LENGTH} characters`;
  report({ code: 'INVALID_NAME', path: 'release', message });
}

/** A copy of the values. */
function plainValues(
  values: HelmChartProps['values'],
  report: Reporter,
): Readonly<Record<string, unknown>> | undefined {
  if (values === undefined) return undefined;
  try {
    return plainValue(values) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    for (const { path = '', message } of error.problems)
      report({
        code: 'INVALID_PROP',
        path: ['values', path].filter((each) => each !== '').join('.'),
        message,
      });
    return undefined;
  }
}

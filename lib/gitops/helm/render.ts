import type { Problem } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import { filesOf } from '../files';
import { refuseNameless } from '../lost';
import type { PlacedDeployment, Render, TargetFile, TargetInput } from '../target';
import { aboutChart, chartFile, IGNORED, notes } from './chart';
import { annotated, hooksOf } from './hooks';
import { templateOf } from './templates';
import { valuesFile, valuesSchema } from './values-file';
import { valuesOf } from './values-of';

/** A chart in the folder of each deployment. Its namespaces are those of the objects; its values are those of the code. */
export const render: Render = ({ deployments, options, placement, report }) => {
  const once = reportOnce(report);
  return deployments.flatMap((deployment) => chartOf(deployment, { options, placement, report: once }));
};

/** Environments that have the same problem have it once. */
function reportOnce(report: (problem: Problem) => void): (problem: Problem) => void {
  const known = new Set<string>();
  return (problem) => {
    const key = JSON.stringify(problem);
    if (!known.has(key)) report(problem);
    known.add(key);
  };
}

function chartOf(
  deployment: PlacedDeployment,
  { options, placement, report }: Pick<TargetInput, 'options' | 'placement' | 'report'>,
): TargetFile[] {
  const { folder, environment, manifests } = deployment;
  refuseNameless(manifests, 'Helm', report);
  const { used, fields } = valuesOf(deployment, report);
  const hooks = hooksOf(deployment);
  const isDefinition = ({ id }: Manifest): boolean => id.kind === 'CustomResourceDefinition';
  const template = (manifest: Manifest): string =>
    templateOf(annotated(manifest.object, hooks.get(manifest)), fields.get(manifest) ?? []);
  const file = (path: string, content: string): TargetFile => ({
    path: `${folder}/${path}`,
    ...(environment !== undefined && { environment }),
    content,
  });
  const inFolder = (
    name: string,
    own: readonly Manifest[],
    text: (manifest: Manifest) => string,
  ): TargetFile[] =>
    [...filesOf({ ...deployment, manifests: own }, placement, false)].map(([path, inside]) =>
      file(`${name}/${path}`, inside.map(text).join('---\n')),
    );
  const definitions = manifests.filter(isDefinition);
  const about = aboutChart(deployment, options, report);
  return [
    file('Chart.yaml', chartFile(about, deployment)),
    file('values.yaml', valuesFile(used)),
    file('values.schema.json', valuesSchema(used)),
    file('.helmignore', IGNORED),
    ...inFolder('crds', definitions, ({ object }) => emitYaml(object)),
    file('templates/NOTES.txt', notes(deployment)),
    ...inFolder(
      'templates',
      manifests.filter((each) => !isDefinition(each)),
      template,
    ),
  ];
}

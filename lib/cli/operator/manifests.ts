import { SeaworthyError } from '../../errors';
import { operatorDockerfile, operatorManifests } from '../../operator/manifests';
import type { Context } from '../terminal/context';
import { loadOperator } from './load';

/** The options of `seaworthy operator manifests`. */
export interface ManifestsFlags {
  readonly image?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly serve?: readonly string[];
  readonly dockerfile?: true;
}

/**
 * `seaworthy operator manifests`: prints the deployment of an operator as YAML, or its Dockerfile.
 *
 * @throws SeaworthyError USAGE without an image; as `loadOperator` and `operatorManifests` do
 */
export async function manifests(
  module: string,
  { image, name, namespace, serve, dockerfile }: ManifestsFlags,
  { io, terminal }: Context,
): Promise<number> {
  if (dockerfile === true) {
    await terminal.print(operatorDockerfile());
    return 0;
  }
  if (image === undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      message: 'Missing option --image: the image of the operator.',
      hint: 'Build it with the Dockerfile that --dockerfile prints.',
    });
  const { definitions, profile } = await loadOperator(module, io.cwd);
  const set = operatorManifests(definitions, {
    image,
    module,
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
    ...(serve !== undefined && { namespaces: serve }),
    ...(profile !== undefined && { profile }),
  });
  await terminal.print(set.toYaml());
  return 0;
}

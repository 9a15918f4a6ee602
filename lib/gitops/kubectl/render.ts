import { filesOf } from '../files';
import type { Render, TargetFile } from '../target';
import { withApplySet } from './applyset';

/** Files for `kubectl apply -R -f FOLDER`: it takes them in the order of their names. */
export const render: Render = ({ deployments, options, placement, report }) =>
  deployments.flatMap((deployment): TargetFile[] => {
    const { folder, environment } = deployment;
    const files = [...filesOf(deployment, placement, true)].map(([path, manifests]): TargetFile => ({
      path: `${folder}/${path}`,
      ...(environment !== undefined && { environment }),
      content: manifests.map(({ object }) => object),
    }));
    return options['applySet'] === true ? withApplySet(deployment, files, report) : files;
  });

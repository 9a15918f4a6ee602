import type { LayoutOptions } from '../../output/layout';
import type { Project } from '../project/project';
import type { Result } from './results';

/** How the manifests of an app are laid out and written. */
export function layoutOptions({ name, layout, annotations }: Result, project?: Project): LayoutOptions {
  const chosen = layout ?? project?.layout;
  return {
    ...(name !== undefined && { app: name }),
    ...(chosen !== undefined && { layout: chosen }),
    ...(annotations !== undefined && { annotations }),
  };
}

/** How many former generations the output of an app keeps. */
export function generationsOf({ keepGenerations }: Result, project: Project): number {
  return keepGenerations ?? project.keepGenerations ?? 0;
}

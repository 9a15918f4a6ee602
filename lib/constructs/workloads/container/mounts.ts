import { mountPathProblem, subPathProblem } from '../../../kube/mount';
import { shorten } from '../../../kube/names';
import { NAME_LENGTH } from '../../core/names';
import type { Volumes } from '../pod/volumes';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import type { Files } from './files';
import { renderFiles } from './files';
import type { Mount } from './mount';
import type { ContainerSecurity } from './security';
import { readsOnly } from './security';
import { renderStorage } from './storage';

/** What a container has on its paths. */
export interface Mounted<S> {
  readonly files?: Readonly<Record<string, Files>>;
  readonly storage?: Readonly<Record<string, S>>;
}

/** The container that paths belong to. */
export interface MountPlace<S> {
  /** Name of the container. */
  readonly name: string;
  readonly volumes: Volumes;
  /** Mounts storage of a kind that only this workload knows. @default renderStorage */
  readonly mount?: RenderMount<S>;
}

/** Renders storage as a mount at a path, and its volume to `volumes`. */
export type RenderMount<S> = (mountPath: string, storage: S, volumes: Volumes, report: Reporter) => Mount;

/** `volumeMounts` of a container. Its volumes go to `place.volumes`. */
export function renderMounts<S>(
  { files = {}, storage = {} }: Mounted<S>,
  place: MountPlace<S>,
  security: ContainerSecurity,
  report: Reporter,
): readonly Mount[] {
  const { volumes, mount = renderStorage as RenderMount<unknown> } = place;
  const mounts = new Map<string, { readonly mount: Mount; readonly of: string }>();
  const put = (prop: string, path: string, render: (report: Reporter) => Mount): void => {
    const reportBelow = below(`${prop}.${path}`, report);
    const wrong = mountPathProblem(path);
    if (wrong !== undefined)
      reportBelow({ code: 'INVALID_PROP', message: `Invalid value: "${path}": ${wrong}` });
    const other = mounts.get(normal(path));
    if (other !== undefined)
      reportBelow({
        code: 'DUPLICATE_NAME',
        message: `Duplicate value: ${other.of} is mounted at this path`,
      });
    const rendered = render(reportBelow);
    checkMount(rendered, security, reportBelow);
    mounts.set(normal(path), { mount: rendered, of: `${prop}.${path}` });
  };
  for (const [path, from] of Object.entries(files))
    put('files', path, (reportBelow) => renderFiles(path, from, volumes, reportBelow));
  for (const [path, from] of Object.entries(storage))
    put('storage', path, (reportBelow) => mount(path, from, volumes, reportBelow));
  const all = [...mounts.values()].map((entry) => entry.mount);
  return readsOnly(security) && !mounts.has('/tmp') ? [...all, temporary(place)] : all;
}

/** A writable `/tmp` for a container that cannot write to its image. Containers do not see each other's. */
function temporary<S>({ name, volumes }: MountPlace<S>): Mount {
  return { name: volumes.nameFor(shorten(['tmp', name], NAME_LENGTH), { emptyDir: {} }), mountPath: '/tmp' };
}

function checkMount(
  { subPath, mountPropagation }: Mount,
  security: ContainerSecurity,
  report: Reporter,
): void {
  const wrong = subPath === undefined ? undefined : subPathProblem(subPath);
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path: 'subPath', message: `Invalid value: "${subPath}": ${wrong}` });
  if (mountPropagation === 'Bidirectional' && security.privileged !== true) {
    const message = 'Forbidden: "Bidirectional" is only allowed in a privileged container';
    report({ code: 'INVALID_PROP', path: 'mountPropagation', message });
  }
}

function normal(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

import { imageProblem } from '../../../kube/image';
import { dnsLabel } from '../../../kube/names';
import type { FeatureGates } from '../../../kube/feature-gates';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, nonEmptyRecord, optional, shown } from '../../core/props';
import type { Shapes } from '../../core/shape';
import { choice, flag, list, text } from '../../core/shapes';
import type { Env, EnvFrom } from './env';
import { ENV, ENV_FROM, renderEnv, renderEnvFrom } from './env';
import type { Files } from './files';
import { FILES } from './files';
import type { Lifecycle } from './lifecycle';
import { LIFECYCLE, renderLifecycle } from './lifecycle';
import type { MountPlace } from './mounts';
import { renderMounts } from './mounts';
import { servedPortName } from './port-name';
import type { NamedPort, Port, Ports } from './ports';
import { checkUnserved, PORT, PORTS, readPorts, renderContainerPorts } from './ports';
import type { Probe, Probes } from './probes';
import { isSingle, PROBE, renderProbes } from './probes';
import type { Resources } from './resources';
import { renderResources, RESOURCES } from './resources';
import type { ContainerSecurity, Security } from './security';
import { CONTAINER_SECURITY, containerSecurity, renderContainerSecurity } from './security';
import type { Storage } from './storage';
import { STORAGE } from './storage';

/** Props of a container. `S` is what its workload takes as storage. */
export interface ContainerProps<S = Storage> {
  /** Image with a tag or digest: `ghcr.io/acme/api:1.4.2`, `nginx@sha256:…`. */
  readonly image: string;
  /** When the image is pulled. @default set by the API server: 'Always' for `latest` and no tag, else 'IfNotPresent' */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** Command that replaces the image's entry point. @default the image's */
  readonly command?: readonly string[];
  /** Arguments of the command. @default the image's */
  readonly args?: readonly string[];
  /** Working directory of the command. @default the image's */
  readonly workingDir?: string;
  /** The port it listens on. @default none */
  readonly port?: number | Port;
  /** Several ports by name. @default none */
  readonly ports?: Ports;
  /** Environment variables by name. @default none */
  readonly env?: Env;
  /** ConfigMaps and Secrets whose keys all become variables. @default none */
  readonly envFrom?: readonly EnvFrom[];
  /** ConfigMaps and Secrets as files, by the path where they appear. @default none */
  readonly files?: Readonly<Record<string, Files>>;
  /** Volumes, by the path where they appear. @default none but a temporary `/tmp` where the root is read-only */
  readonly storage?: Readonly<Record<string, S>>;
  /** Requests and limits by resource. @default no requests, no limits */
  readonly resources?: Resources;
  /** How its health is checked: one probe for all purposes, or one for each. @default not checked */
  readonly probe?: Probe | Probes;
  /** Actions after it starts and before it stops. @default none */
  readonly lifecycle?: Lifecycle;
  /** Security settings that replace those of its pod. @default the pod's */
  readonly containerSecurity?: ContainerSecurity;
  /** Whether it gets a terminal, and keeps standard input open. @default false */
  readonly tty?: boolean;
}

export const CONTAINER_SHAPES: Shapes<ContainerProps> = {
  image: { ...text, code: 'INVALID_IMAGE' },
  imagePullPolicy: choice(['Always', 'IfNotPresent', 'Never']),
  command: list(text),
  args: list(text),
  workingDir: text,
  port: PORT,
  ports: PORTS,
  env: ENV,
  envFrom: ENV_FROM,
  files: FILES,
  storage: STORAGE,
  resources: RESOURCES,
  probe: PROBE,
  lifecycle: LIFECYCLE,
  containerSecurity: CONTAINER_SECURITY,
  tty: flag,
};

/** What a container needs to know of its pod. */
export interface ContainerPlace<S> extends MountPlace<S> {
  /** @internal */
  readonly gates: FeatureGates;
  /** Security of the pod. */
  readonly security: Security;
  /** Seconds that the pod gets to stop. */
  readonly gracePeriod: number;
  /** Name of a port that the user did not name. @default 'main' */
  readonly defaultPort?: string;
  /** Whether a Service leads to its ports. @default false */
  readonly served?: boolean;
}

/** Renders a container; its volumes go to `place.volumes`. */
export function renderContainer<S>(
  props: ContainerProps<S>,
  place: ContainerPlace<S>,
  report: Reporter,
): object {
  checkContainer(props, place, report);
  const { gates } = place;
  const ports = portsOf(props, place.defaultPort, report);
  if (place.served !== true) checkUnserved(ports, report);
  const security = containerSecurity(
    place.security,
    props.containerSecurity,
    below('containerSecurity', report),
  );
  return {
    name: place.name,
    image: props.image,
    ...optional('imagePullPolicy', props.imagePullPolicy),
    ...optional('command', props.command),
    ...optional('args', props.args),
    ...optional('workingDir', props.workingDir),
    ...nonEmpty('ports', renderContainerPorts(ports)),
    ...nonEmpty('env', renderEnv(props.env ?? {}, gates, below('env', report))),
    ...nonEmpty('envFrom', renderEnvFrom(props.envFrom ?? [], gates, below('envFrom', report))),
    ...nonEmptyRecord('resources', renderResources(props.resources ?? {}, below('resources', report))),
    ...(props.probe === undefined ? {} : renderProbes(props.probe, ports, below('probe', report))),
    ...(props.lifecycle === undefined
      ? {}
      : renderLifecycle(props.lifecycle, { ports, ...place }, below('lifecycle', report))),
    ...renderContainerSecurity(place.security, security),
    ...nonEmpty('volumeMounts', renderMounts(props, place, security, report)),
    ...(props.tty === true ? { stdin: true, tty: true } : {}),
  };
}

/** The ports of a container; the one of a service that has no name is called by what it speaks. */
export function portsOf<S>(
  props: ContainerProps<S>,
  defaultName?: string,
  report: Reporter = () => undefined,
): readonly NamedPort[] {
  const { probe } = props;
  const first =
    probe === undefined ? undefined : isSingle(probe) ? probe : (probe.readiness ?? probe.liveness);
  const isHttp = first !== undefined && 'http' in first && first.port === undefined;
  const spoken = (name: string): string =>
    first !== undefined && 'grpc' in first ? 'grpc' : servedPortName(props.port, isHttp, name);
  return readPorts(props, defaultName === undefined ? 'main' : spoken(defaultName), report);
}

function checkContainer<S>(
  { image }: ContainerProps<S>,
  { name }: ContainerPlace<S>,
  report: Reporter,
): void {
  const wrong = dnsLabel(name);
  if (wrong !== undefined) report({ code: 'INVALID_NAME', message: `Invalid value: "${name}": ${wrong}` });
  if (image === undefined || image === '') {
    const hint = "Set `image`, such as 'nginx:1.27'.";
    report({
      code: 'MISSING_PROP',
      path: 'image',
      message: 'Required value: a container needs an image',
      hint,
    });
    return;
  }
  const bad = imageProblem(image);
  if (bad !== undefined)
    report({ code: 'INVALID_IMAGE', path: 'image', message: `Invalid value: ${shown(image)}: ${bad}` });
}

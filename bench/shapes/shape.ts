import type { App } from 'seaworthy';
import type { KubeObject } from '../../lib/manifest/manifest';

/** Objects whose number, or whose size, grows with `n` in one way that invites work for each pair of them. */
export interface Shape {
  /** What there are many of, and what they share. */
  readonly name: string;
  /** The objects as they are (`a`), and as a change leaves them (`b`). Both are linear in `n`. */
  readonly objects: (n: number, side: Side) => readonly KubeObject[];
}

/** An app whose number of constructs, or their size, grows with `n` in one such way. */
export interface AppShape {
  readonly name: string;
  /** Makes the constructs. What it renders is linear in `n`. */
  readonly app: (n: number) => App;
}

export type Side = 'a' | 'b';

/** `n` things, made by their index. */
export function many<T>(n: number, make: (index: number) => T): T[] {
  return Array.from({ length: n }, (_, index) => make(index));
}

type Content = Readonly<Record<string, unknown>>;

/** An object of any kind. */
export function object(apiVersion: string, kind: string, name: string, content: Content = {}): KubeObject {
  const { namespace, labels, annotations, ...rest } = content;
  const metadata = {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
  };
  return { apiVersion, kind, metadata, ...rest } as KubeObject;
}

export interface Workload {
  readonly namespace?: string;
  readonly labels?: Content;
  readonly container?: Content;
  readonly pod?: Content;
  readonly spec?: Content;
  readonly image?: string;
}

/** A container with requests, ports and a probe. */
export function container(image = 'registry.example/app:1', more: Content = {}): Content {
  return {
    name: 'main',
    image,
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    readinessProbe: { httpGet: { path: '/', port: 'http' } },
    ...more,
  };
}

/** A Deployment of two pods, which have the label `app` with its name unless told otherwise. */
export function deployment(name: string, how: Workload = {}): KubeObject {
  return workload('Deployment', name, how);
}

/** A workload of the group apps. */
export function workload(kind: string, name: string, how: Workload = {}): KubeObject {
  const { namespace, labels = { app: name }, image, pod = {}, spec = {} } = how;
  const containers = [container(image, how.container)];
  return object('apps/v1', kind, name, {
    ...(namespace !== undefined && { namespace }),
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: labels['app'] ?? name } },
      template: { metadata: { labels }, spec: { containers, ...pod } },
      ...spec,
    },
  });
}

/** A Service of one port. */
export function service(name: string, selector: Content, content: Content = {}): KubeObject {
  const { ports = [{ name: 'http', port: 80, targetPort: 'http' }], type, clusterIP, ...rest } = content;
  const spec = {
    selector,
    ports,
    ...(type !== undefined && { type }),
    ...(clusterIP !== undefined && { clusterIP }),
  };
  return object('v1', 'Service', name, { ...rest, spec });
}

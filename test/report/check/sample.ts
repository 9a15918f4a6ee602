import type { Finding } from '../../../lib/check/finding';
import type { Manifest, ObjectId, Origin } from '../../../lib/manifest/manifest';
import type { CheckReport, Looks, Part } from '../../../lib/report/check/report';
import { codeFrame } from '../../../lib/report/frame';

const same = (text: string): string => text;

/** No colours, and one file that can be read. */
export const PLAIN: Looks = {
  paint: { bold: same, dim: same, red: same, yellow: same, green: same, blue: same, cyan: same },
  frame: ({ file, line }, around) =>
    codeFrame(file === 'apps/shop.ts' ? ['one();', 'two();', '', 'four();'] : [], line, around),
};

export function idOf(kind: string, name: string): ObjectId {
  return { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, namespace: 'shop', name };
}

export function manifest(id: ObjectId, origin?: Origin): Manifest {
  const { apiVersion, kind, name, namespace = '' } = id;
  return {
    object: { apiVersion, kind, metadata: { name, namespace } },
    id,
    ...(origin !== undefined && { origin }),
  };
}

const api = idOf('Deployment', 'api');
const cache = idOf('Service', 'cache');

function badPort(environment: string): Finding {
  return {
    rule: 'admission/invalid',
    severity: 'error',
    id: api,
    path: 'spec.template.spec.containers[0].ports[0].containerPort',
    message: 'Invalid value: 99999: must be between 1 and 65535, inclusive',
    origin: { source: 'apps/shop.ts:2', construct: `${environment}/shop/api`, environment },
  };
}

const selectsNothing: Finding = {
  rule: 'wiring/service-selects-nothing',
  severity: 'warning',
  id: cache,
  path: 'spec.selector',
  message: 'no pod has the label app=cahce',
  hint: 'Did you mean app=cache?',
};

function part(environment: string, findings: readonly Finding[]): Part {
  const manifests = [
    manifest(api, { source: 'apps/shop.ts:2', environment }),
    manifest(cache, { environment }),
  ];
  return { app: 'shop', environment, manifests, findings };
}

/** One error that two environments share, and a warning without a place in one of them. */
export const REPORT: CheckReport = {
  version: '1.2.3',
  parts: [part('production', [badPort('production'), selectsNothing]), part('staging', [badPort('staging')])],
  rules: [
    {
      name: 'wiring/service-selects-nothing',
      severity: 'error',
      about: 'Finds a Service that selects no pod.',
      why: 'Nobody answers.',
      example: { failing: 'a: 1\n', passing: 'b: 1\n' },
    },
    { name: 'admission/invalid', severity: 'error', about: 'Finds a value.', why: 'It is refused.' },
    { name: 'admission/required', severity: 'error', about: 'Finds a gap.', why: 'It is refused.' },
  ],
  failOn: 'error',
  fallback: 'cdk8s.yaml',
};

export const NOTHING: CheckReport = {
  ...REPORT,
  parts: REPORT.parts.map((part) => ({ ...part, findings: [] })),
};

/** `REPORT` with `finding` in the place of all others. */
export function reportOf(finding: Partial<Finding>): CheckReport {
  const [first] = REPORT.parts;
  return {
    ...REPORT,
    parts: [{ manifests: first?.manifests ?? [], findings: [{ ...selectsNothing, ...finding }] }],
  };
}

import type { RuleFacts } from '../../check/facts-of-rule';
import type { Finding } from '../../check/finding';
import { CHANGE_KINDS, type SkewNote, type UpgradeChangeKind } from '../../upgrade/result';
import { sarif as sarifOfCheck } from '../check/sarif';
import type { UpgradePart, UpgradePrinter } from './report';

const ABOUT: Readonly<Record<UpgradeChangeKind, readonly [about: string, why: string]>> = {
  removed: [
    'Finds API versions that a release on the way no longer serves.',
    'The object cannot be applied.',
  ],
  off: [
    'Finds API versions that a server serves only with --runtime-config.',
    'The object cannot be applied until they are enabled.',
  ],
  future: ['Finds API versions that only a later release serves.', 'The object cannot be applied yet.'],
  refused: ['Finds objects that a release on the way refuses.', 'The object cannot be applied.'],
  dropped: ['Finds fields that a release on the way drops in silence.', 'They have no effect.'],
  behaves: ['Finds objects that work otherwise under the same manifest.', 'Nothing is refused.'],
  keeps: ['Finds fields that were dropped, and begin to work.', 'Nobody may have tried them.'],
  defaulted: ['Finds fields that a release defaults otherwise.', 'The stored object changes.'],
  warned: ['Finds what a release on the way begins to warn of.', 'A later release may refuse it.'],
  accepted: ['Finds objects that a release on the way begins to accept.', 'It was refused before.'],
};

const SKEW: RuleFacts = {
  name: 'upgrade/skew',
  severity: 'error',
  about: 'Finds releases of the control plane that nodes which stay are too old or too new for.',
  why: 'Kubernetes does not support nodes that are newer than the API server, or more than three releases behind.',
};

const RULES: readonly RuleFacts[] = [
  ...CHANGE_KINDS.map((kind): RuleFacts => {
    const [about, why] = ABOUT[kind];
    return { name: `upgrade/${kind}`, severity: 'warning', about, why };
  }),
  SKEW,
];

/** SARIF 2.1.0: a result for each change, with the release in its message, and the source where there is one. */
export const sarif: UpgradePrinter = ({ version, parts, fallback }, paint) =>
  sarifOfCheck(
    {
      version,
      parts: parts.map(({ app, environment, manifests, ...part }) => ({
        ...(app !== undefined && { app }),
        ...(environment !== undefined && { environment }),
        manifests,
        findings: [...findingsOf(part), ...part.skew.map(skewFinding)],
      })),
      rules: RULES,
      failOn: 'error',
      fallback,
    },
    { paint, frame: () => undefined },
  );

function findingsOf({ objects }: Pick<UpgradePart, 'objects'>): Finding[] {
  return objects.flatMap(({ id, origin, changes }) =>
    changes.map(({ kubernetes, kind, severity, path, message, hint, source }) => ({
      rule: `upgrade/${kind}`,
      severity,
      id,
      path,
      message: `from Kubernetes ${kubernetes} on: ${message}${source === undefined ? '' : ` (${source})`}`,
      ...(hint !== undefined && { hint }),
      ...(origin !== undefined && { origin }),
    })),
  );
}

/** All nodes, since no manifest is for them. */
const NODES = { apiVersion: 'v1', kind: 'Node', name: '*' };

function skewFinding({ kubernetes, message, source }: SkewNote): Finding {
  return {
    rule: SKEW.name,
    severity: SKEW.severity,
    id: NODES,
    path: '',
    message: `from Kubernetes ${kubernetes} on: ${message} (${source})`,
  };
}

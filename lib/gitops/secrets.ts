import type { Problem } from '../errors';
import { literalSecret } from '../check/rules/policy/literal-secret';
import { secretManifest } from '../check/rules/policy/secret-manifest';
import { clustersOf } from '../graph/clusters';
import { isPlaceholder, isReference } from '../check/secrets/stand-in';
import { isPlainRecord } from '../manifest/data';
import { isEncrypted } from '../manifest/encrypted';
import { formatId, type KubeObject } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { Deployment } from './target';

const RULES = [secretManifest, literalSecret];

/**
 * Refuses secrets in plain text: a repository keeps them in its history. What the code accepts with a reason, by `suppress`,
 * is written.
 *
 * @param report takes LITERAL_SECRET, with the line of the code
 */
export function refuseSecrets({ manifests, profile }: Deployment, report: (problem: Problem) => void): void {
  for (const cluster of clustersOf(ManifestSet.from(manifests), { profile })) {
    for (const rule of RULES) {
      rule.run(cluster, ({ object, id, origin, suppressions = [] }, path, message, hint) => {
        if (suppressions.some((each) => each.rule === rule.name) || !isPlain(object)) return;
        report({
          code: 'LITERAL_SECRET',
          place: formatId(id),
          path,
          message: `${message}, which a repository keeps forever`,
          hint: `${hint ?? ''} Where it is no secret, say so in the code: suppress('${rule.name}', reason).`.trim(),
          ...(origin?.source !== undefined && { source: origin.source }),
          ...(origin?.calledFrom !== undefined && { calledFrom: origin.calledFrom }),
        });
      });
    }
  }
}

/** Whether an object may hold a secret in plain text: not if SOPS has encrypted it, or a Secret has placeholders only. */
function isPlain(object: KubeObject): boolean {
  if (isEncrypted(object)) return false;
  if (object.kind !== 'Secret') return true;
  const values = (['data', 'stringData'] as const).flatMap((field) => {
    const value = object[field];
    const all = isPlainRecord(value) ? Object.values(value).map(String) : [];
    return field === 'data' ? all.map((each) => Buffer.from(each, 'base64').toString()) : all;
  });
  return !values.every((value) => value === '' || isPlaceholder(value) || isReference(value));
}

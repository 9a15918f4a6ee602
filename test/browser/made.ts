import { createColors } from 'picocolors';
import { check } from '../../lib/check/check';
import { ruleFacts } from '../../lib/check/facts';
import { fit } from '../../lib/fit/fit';
import type { ManifestSet } from '../../lib/manifest/set';
import type { NodeSpec } from '../../lib/fit/node-spec';
import { plan } from '../../lib/plan/plan';
import { CHECK_FORMATS } from '../../lib/report/check/formats';
import { FIT_FORMATS } from '../../lib/report/fit/formats';
import { PLAN_FORMATS } from '../../lib/report/plan/formats';
import { UPGRADE_FORMATS } from '../../lib/report/upgrade/formats';
import { upgrade } from '../../lib/upgrade/upgrade';

const paint = createColors(false);
const version = '0.1.0';

/** The printer of pages in a list of formats. */
function printer<Print>(formats: readonly { readonly name: string; readonly print: Print }[]): Print {
  const found = formats.find(({ name }) => name === 'html');
  if (found === undefined) throw new Error('no format html');
  return found.print;
}

export function checkPage(set: ManifestSet): string {
  const parts = [{ manifests: set.manifests, findings: check(set) }];
  const report = { version, parts, rules: ruleFacts([]), failOn: 'error', fallback: 'cdk8s.yaml' } as const;
  return printer(CHECK_FORMATS)(report, { paint, lines: () => undefined });
}

export function planPage(before: ManifestSet, after: ManifestSet): string {
  const report = {
    version,
    before: { name: 'before/' },
    after: { name: 'after/' },
    parts: [{ place: '', changes: plan(before, after).changes }],
    mode: 'change',
    apply: 'server-side',
    refused: ['data-loss'],
    full: false,
  } as const;
  return printer(PLAN_FORMATS)(report, paint);
}

export function fitPage(set: ManifestSet, nodes: readonly NodeSpec[]): string {
  return printer(FIT_FORMATS)(
    { parts: [{ environment: null, fit: fit(set, nodes, { changes: true }) }] },
    paint,
  );
}

export function upgradePage(set: ManifestSet, from: string, to: string): string {
  const parts = upgrade(set, { from, to }).clusters.map((cluster) => ({
    ...cluster,
    manifests: set.manifests,
  }));
  return printer(UPGRADE_FORMATS)({ version, parts, fallback: 'cdk8s.yaml' }, paint);
}

import { ruleFor } from '../../lib/apiserver/admission/rules/registry';
import { availability, groupOf, kinds, latestRelease } from '../../lib/kube/schema';

/** What is looked at, kind by kind, for everything that a server of the newest release serves by default. */
export function admissionKinds(): string {
  const groups = new Map<string, string[]>();
  for (const [kind, { group, versions }] of servedKinds()) {
    const rule = ruleFor(versions[0] ?? '', kind);
    const beyond = rule?.beyond === undefined ? '' : ` *Not:* ${rule.beyond}`;
    const row = `| ${kind} | ${versions.map(versionOf).join(', ')} | ${rule?.about ?? 'No rule of its own.'}${beyond} |`;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([group, rows]) =>
        `### ${group === '' ? 'core' : group}\n\n| kind | versions | what is looked at, beyond schema and metadata |\n|---|---|---|\n${rows.join('\n')}`,
    )
    .join('\n\n');
}

interface Served {
  readonly group: string;
  readonly versions: string[];
}

/** Kinds with the versions that are served without being asked for, by group and kind. */
function servedKinds(): [kind: string, served: Served][] {
  const found = new Map<string, [string, Served]>();
  for (const { apiVersion, kind } of kinds(latestRelease)) {
    const here = availability(latestRelease, apiVersion, kind);
    if (here?.status !== 'served' || !here.byDefault) continue;
    const group = groupOf(apiVersion);
    const [, served] = found.get(`${group}/${kind}`) ?? [kind, { group, versions: [] }];
    served.versions.push(apiVersion);
    found.set(`${group}/${kind}`, [kind, served]);
  }
  return [...found.values()];
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

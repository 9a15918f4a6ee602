import { join } from 'node:path';
import { check, ManifestSet, SeaworthyValidation, type CheckOptions, type Finding } from 'seaworthy';
import { hasNoFindings } from 'seaworthy/testing';
import type { KubeObject, Manifest } from '../../lib/manifest/manifest';
import { folderWith, handOver, projectOf, removeFolders, seaworthy } from '../cli/support/cli';

afterAll(removeFolders);

const FORMER = 'policy/cluster-admin';
const CURRENT = 'policy/rbac-cluster-admin';

const binding = (annotation = '') => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
  annotations: { seaworthy.dev/suppress: '${annotation}' }
subjects: [{ kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io }]
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
`;

const about = ({ rule, severity, path, message, hint }: Finding) => ({ rule, severity, path, message, hint });

function found(options: CheckOptions, manifest: Partial<Manifest> = {}, annotation = '') {
  const manifests = [...ManifestSet.parse(binding(annotation))].map((each) => ({ ...each, ...manifest }));
  return check(ManifestSet.from(manifests), options).map(about);
}

const grantsAll = {
  rule: CURRENT,
  severity: 'warning',
  path: 'roleRef.name',
  message: expect.any(String) as string,
  hint: expect.any(String) as string,
};

const renamed = (path: string) => ({
  rule: 'settings/renamed',
  severity: 'info',
  path,
  message: `rule ${FORMER} is now called ${CURRENT}`,
  hint: `Write ${CURRENT}.`,
});

test('a rule reports by its current name', () => {
  expect(found({})).toEqual([grantsAll]);
});

describe('a former name', () => {
  const note = (path: string) => ({
    rule: 'suppression/renamed',
    severity: 'info',
    path,
    message: `suppresses ${FORMER}, which is now called ${CURRENT}`,
    hint: `Write ${CURRENT}.`,
  });

  it('suppresses in code', () => {
    const suppression = { rule: FORMER, reason: 'because', construct: 'shop/web' };
    expect(found({}, { suppressions: [suppression] })).toEqual([note('')]);
    expect(found({}, { suppressions: [{ ...suppression, rule: CURRENT }] })).toEqual([]);
  });

  it('suppresses in an annotation', () => {
    expect(found({}, {}, `${FORMER}: because`)).toEqual([
      note('metadata.annotations[seaworthy.dev/suppress]'),
    ]);
  });

  it('is reported as unused like any other', () => {
    const rule = 'wiring/grant-verb-unknown';
    expect(found({}, {}, `${rule}: because`)).toMatchObject([
      { rule: 'suppression/unused', message: expect.stringContaining(rule) as string },
      { rule: CURRENT },
    ]);
    expect(
      found({ severities: { 'wiring/rbac-verb-unknown': 'off' } }, {}, `${rule}: because`),
    ).toMatchObject([{ rule: 'suppression/renamed' }, { rule: CURRENT }]);
  });

  it('sets a severity', () => {
    expect(found({ severities: { [FORMER]: 'error' } })).toEqual([
      renamed(`severities[${FORMER}]`),
      { ...grantsAll, severity: 'error' },
    ]);
    expect(found({ severities: { [FORMER]: 'off' } })).toEqual([renamed(`severities[${FORMER}]`)]);
  });

  it('makes no note where that is switched off', () => {
    expect(found({ severities: { [FORMER]: 'off', 'settings/renamed': 'off' } })).toEqual([]);
    expect(found({ severities: { [FORMER]: 'off', 'settings/renamed': 'error' } })).toEqual([
      { ...renamed(`severities[${FORMER}]`), severity: 'error' },
    ]);
  });

  it('sets a severity for an environment, before one for all by the current name', () => {
    const options: CheckOptions = {
      severities: { [CURRENT]: 'error' },
      environments: { production: { severities: { [FORMER]: 'off' } } },
    };
    const note = renamed(`environments[production].severities[${FORMER}]`);
    expect(found(options, { origin: { environment: 'production' } })).toEqual([note]);
    expect(found(options)).toEqual([note, { ...grantsAll, severity: 'error' }]);
  });

  it('is expected by the test kit, with a note that counts where remarks do', () => {
    const set = ManifestSet.parse(binding());
    expect(hasNoFindings(set, { except: [FORMER] }).pass).toBe(true);
    expect(hasNoFindings(set, { except: [CURRENT], info: true }).pass).toBe(true);
    const { pass, message } = hasNoFindings(set, { except: [FORMER], info: true });
    expect([pass, message]).toEqual([
      false,
      expect.stringContaining(`rule ${FORMER} is now called ${CURRENT}`),
    ]);
  });

  it('sets a severity in the cdk8s plugin, with one note', async () => {
    const folder = folderWith({ 'a.yaml': binding(), 'b.yaml': binding().replace('web', 'api') });
    const violations: { ruleName: string; violatingResources: readonly unknown[] }[] = [];
    let status = '';
    await new SeaworthyValidation({ rules: { [FORMER]: 'error' } }).validate({
      manifests: [join(folder, 'a.yaml'), join(folder, 'b.yaml')],
      report: {
        addViolation: (violation) => void violations.push(violation),
        submit: (result) => void (status = result),
      },
    });
    expect(status).toBe('failure');
    expect(
      violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources.length]),
    ).toEqual([
      ['settings/renamed', 1],
      [CURRENT, 2],
    ]);
  });

  it('sets a severity in cdk8s.yaml, with a note on stderr', async () => {
    const config = `seaworthy:\n  check:\n    rules:\n      ${FORMER}: error\n`;
    const folder = folderWith({ 'a.yaml': binding(), 'cdk8s.yaml': `app: node main.js\n${config}` });
    const { code, stdout, stderr } = await seaworthy(folder, ['check', 'a.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain(`[${CURRENT}]`);
    expect(stdout).not.toContain(FORMER);
    expect(stderr).toBe(`cdk8s.yaml:5: seaworthy.check.rules: rule ${FORMER} is now called ${CURRENT}\n`);
  });

  it('sets a severity for an environment of an app in cdk8s.yaml', async () => {
    const [manifest] = ManifestSet.parse(binding());
    const origin = { environment: 'production', chart: 'shop', construct: 'a', source: 'main.js:1' };
    const app = handOver({
      name: 'shop',
      clusters: { production: {} },
      manifests: [{ object: manifest?.object as KubeObject, origin }],
    });
    const rules = `environments:\n      production:\n        rules:\n          ${FORMER}: error\n`;
    const folder = projectOf(app, `app: node main.js\nseaworthy:\n  check:\n    ${rules}`);
    const { code, stderr } = await seaworthy(folder, ['check']);
    const path = 'seaworthy.check.environments.production.rules';
    expect(code).toBe(1);
    expect(stderr).toContain(`cdk8s.yaml:7: ${path}: rule ${FORMER} is now called ${CURRENT}\n`);
  });

  it('sets a severity on the command line, before cdk8s.yaml by the current name', async () => {
    const config = `seaworthy:\n  check:\n    rules:\n      ${CURRENT}: error\n`;
    const folder = folderWith({ 'a.yaml': binding(), 'cdk8s.yaml': `app: node main.js\n${config}` });
    const { code, stderr } = await seaworthy(folder, ['check', 'a.yaml', '--rule', `${FORMER}=off`]);
    expect([code, stderr]).toEqual([0, `--rule: rule ${FORMER} is now called ${CURRENT}\n`]);
  });
});

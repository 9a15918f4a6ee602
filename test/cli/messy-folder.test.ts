import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const config = (apiVersion: string, kind: string, rest = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}`;

const NAMED = 'metadata: {name: a}\n';

/** Files that are no manifests, and what is said of each. */
const FILES: readonly (readonly [file: string, text: string | Buffer, reason: string])[] = [
  // Configuration with apiVersion and kind, which programs read.
  ['kind.yaml', config('kind.x-k8s.io/v1alpha4', 'Cluster', 'name: dev\nnodes: []\n'), 'a program reads'],
  ['kubeadm.yaml', config('kubeadm.k8s.io/v1beta4', 'ClusterConfiguration'), 'a program reads'],
  ['kubeconfig.yaml', config('v1', 'Config', 'clusters: []\ncontexts: []\n'), 'a program reads'],
  ['audit.yaml', config('audit.k8s.io/v1', 'Policy', 'rules: [{level: Metadata}]\n'), 'a program reads'],
  ['descheduler.yaml', config('descheduler/v1alpha2', 'DeschedulerPolicy'), 'a program reads'],
  ['encryption.yaml', config('apiserver.config.k8s.io/v1', 'EncryptionConfiguration'), 'a program reads'],
  ['admission.yaml', config('apiserver.config.k8s.io/v1', 'AdmissionConfiguration'), 'a program reads'],
  ['kubelet.yaml', config('kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration'), 'a program reads'],
  ['scheduler.yaml', config('kubescheduler.config.k8s.io/v1', 'KubeSchedulerConfiguration'), 'program reads'],
  ['proxy.yaml', config('kubeproxy.config.k8s.io/v1alpha1', 'KubeProxyConfiguration'), 'a program reads'],
  [
    'pss.yaml',
    config('pod-security.admission.config.k8s.io/v1', 'PodSecurityConfiguration'),
    'program reads',
  ],
  ['skaffold.yaml', config('skaffold/v4beta11', 'Config', NAMED), 'a program reads'],
  ['k3d.yaml', config('k3d.io/v1alpha5', 'Simple', `${NAMED}servers: 1\n`), 'a program reads'],
  ['k0sctl.yaml', config('k0sctl.k0sproject.io/v1beta1', 'Cluster', `${NAMED}spec: {}\n`), 'program reads'],
  ['eksctl.yaml', config('eksctl.io/v1alpha5', 'ClusterConfig', NAMED), 'a program reads'],
  ['talos.yaml', 'version: v1alpha1\nmachine: {type: worker}\ncluster: {}\n', 'no Kubernetes objects'],
  ['talos/host.yaml', config('v1alpha1', 'HostnameConfig', 'hostname: a\n'), 'a program reads'],
  ['ctlptl.yaml', config('ctlptl.dev/v1alpha1', 'Cluster', 'product: kind\n'), 'a program reads'],
  ['kuttl.yaml', config('kuttl.dev/v1beta1', 'TestStep', 'commands: []\n'), 'a program reads'],
  ['crossplane.yaml', config('meta.pkg.crossplane.io/v1', 'Configuration', `${NAMED}spec: {}\n`), 'reads'],
  [
    'catalog-info.yaml',
    config('backstage.io/v1alpha1', 'Component', `${NAMED}spec: {}\n`),
    'a program reads',
  ],
  ['krew.yaml', config('krew.googlecontainertools.github.com/v1alpha2', 'Plugin', NAMED), 'program reads'],
  ['nodeadm.yaml', config('node.eks.aws/v1alpha1', 'NodeConfig', 'spec: {}\n'), 'a program reads'],
  ['gator.yaml', config('test.gatekeeper.sh/v1alpha1', 'Suite', `${NAMED}tests: []\n`), 'a program reads'],
  ['clouddeploy.yaml', config('deploy.cloud.google.com/v1', 'DeliveryPipeline', NAMED), 'a program reads'],
  ['template.yaml', config('scaffolder.backstage.io/v1beta3', 'Template', `${NAMED}spec: {}\n`), 'reads'],
  ['istio.yaml', config('install.istio.io/v1alpha1', 'IstioOperator', 'spec: {}\n'), 'a program reads'],
  ['release.yaml', config('clusterctl.cluster.x-k8s.io/v1alpha3', 'Metadata', 'metadata: {}\n'), 'reads'],
  ['agent-config.yaml', config('v1beta1', 'AgentConfig', NAMED), 'a program reads'],
  ['install-config.yaml', `apiVersion: v1\nbaseDomain: a.example\n${NAMED}platform: {}\n`, 'no Kubernetes'],
  ['zarf.yaml', `kind: ZarfPackageConfig\n${NAMED}components: []\n`, 'no Kubernetes objects'],
  ['garden.yml', 'kind: Deploy\ntype: container\nname: a\nspec: {}\n', 'no Kubernetes objects'],
  ['tool.yaml', config('tool.example/v1', 'Settings', 'port: 1\n'), 'has no metadata'],
  [
    'function.yaml',
    config('a.example/v1', 'Fn', 'metadata: {name: a, annotations: {config.kubernetes.io/function: x}}\n'),
    'local program',
  ],
  [
    'local.json',
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{"config.kubernetes.io/local-config":"true"}}}',
    'local program',
  ],
  // Requests.
  ['review.yaml', config('authorization.k8s.io/v1', 'SubjectAccessReview', 'spec: {user: a}\n'), 'a request'],
  ['hook.json', '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}', 'a request'],
  // Helm.
  ['index.yaml', 'apiVersion: v1\nentries: {}\ngenerated: "2026-01-01T00:00:00Z"\n', 'a file of Helm'],
  ['chart/Chart.yaml', 'apiVersion: v2\nname: a\nversion: 1.0.0\n', ''],
  ['values.yaml', 'image: {tag: 1.0}\n', 'values of a Helm chart'],
  ['values-prod.yaml', 'kind: Deployment-ish\n', 'values of a Helm chart'],
  ['app.values.yaml', 'kind: DaemonSet\nreplicas: 1\n', 'values of a Helm chart'],
  ['old/template.yaml', '{{- if .Values.a }}\napiVersion: v1\nkind: ConfigMap\n{{- end }}\n', 'a template'],
  ['old/inline.yaml', config('v1', 'Service', 'metadata:\n  name: {{ .Release.Name }}-a\n'), 'a template'],
  ['old/quoted.yaml', config('v1', 'Service', "metadata: {name: '{{ name }}'}\n"), 'a template'],
  ['old/envsubst.yaml', config('v1', 'Service', 'metadata: {name: "${APP}"}\n'), 'a template'],
  ['old/jinja.yaml', '{% for a in b %}\napiVersion: v1\nkind: Pod\n{% endfor %}\n', 'a template'],
  ['old/unquoted.yaml', config('v1', 'Service', 'metadata: {name: ${APP}}\n'), 'a template'],
  ['old/sed.yaml', config('v1', 'Service', 'metadata:\n  name: __APP__\n'), 'a template'],
  [
    'bundle/patches/csv.yaml',
    config('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', 'spec: {}\n'),
    'a patch',
  ],
  ['old/manager_patch.yaml', config('apps/v1', 'Deployment', `${NAMED}spec: {replicas: 2}\n`), 'a patch'],
  ['old/sed2.yaml', config('v1', 'Service', 'metadata:\n  name: __APP_2__\n'), 'a template'],
  ['old/braces.yaml', config('v1', 'Service', `${NAMED}spec: {clusterIP: {PREFIX}.9}\n`), 'a template'],
  ['old/reader.yaml', config('v1', 'Pod', `${NAMED}spec:\n  image: {your_name}/a:1\n`), 'a template'],
  ['old/percent.yaml', config('v1', 'Service', 'metadata:\n  name: %APP%\n'), 'a template'],
  ['old/comment.yaml', `{# a #}\n${config('v1', 'Service', NAMED)}`, 'a template'],
  ['old/brackets.yaml', config('v1', 'Service', 'metadata: {name: [[ .Name ]]}\n'), 'a template'],
  [
    'old/loop.yaml',
    `[[ range .All ]]\n${config('v1', 'Service', NAMED)}[[ end ]]\n`,
    'no Kubernetes objects',
  ],
  ['old/ytt.yaml', config('v1', 'Service', 'metadata:\n  name: #@ data.values.name\n'), 'a template of ytt'],
  ['old/overlay.yaml', '#@overlay/match by=overlay.all\n---\nspec: {replicas: 2}\n', 'a template of ytt'],
  ['old/a.yaml.j2', '{{ a }}', 'a template'],
  ['old/b.yml.tpl', '${b}', 'a template'],
  // Tests.
  ['kuttl/01-assert.yaml', config('apps/v1', 'Deployment', NAMED), 'a test expects'],
  ['kuttl/01-errors.yaml', config('v1', 'Pod', NAMED), 'a test expects'],
  ['chainsaw/chainsaw-test.yaml', config('chainsaw.kyverno.io/v1alpha1', 'Test', NAMED), 'a program reads'],
  ['chainsaw/pod-assert.yaml', config('v1', 'Pod', NAMED), 'a test expects'],
  // Kustomize.
  [
    'k/kustomization.yaml',
    'resources: [a.yaml]\npatches: [{path: b.yaml}, {path: c.yaml}]\n',
    'a kustomization',
  ],
  ['k/a.yaml', config('apps/v1', 'Deployment', NAMED), 'a part of a kustomization'],
  ['k/b.yaml', config('apps/v1', 'Deployment', NAMED), 'a part of a kustomization'],
  ['k/c.yaml', '- {op: remove, path: /spec}\n', 'a part of a kustomization'],
  ['k/unused.yaml', config('apps/v1', 'Deployment', NAMED), 'does not use it'],
  ['json-patch.yaml', '- op: add\n  path: /a\n  value: 1\n', 'a patch'],
  ['json-patch.json', '[{"op":"add","path":"/a","value":1}]', 'a patch'],
  ['delete.yaml', config('v1', 'Service', `${NAMED}$patch: delete\n`), 'a patch'],
  ['named.yaml', config('kustomize.config.k8s.io/v1beta1', 'Kustomization'), 'a kustomization'],
  // Encrypted.
  [
    'secret.enc.yaml',
    config('v1', 'Secret', `${NAMED}data: {a: "ENC[x]"}\nsops: {lastmodified: "2026", mac: "ENC[x]"}\n`),
    'encrypted by SOPS',
  ],
  [
    'secrets.enc.yaml',
    config(
      'v1',
      'List',
      `items: [{apiVersion: v1, kind: Secret, ${NAMED.trim()}, sops: {lastmodified: x, mac: x}}]\n`,
    ),
    'encrypted by SOPS',
  ],
  ['all.sops.json', '{"data":"ENC[x]","sops":{"lastmodified":"x","version":"3.9.0"}}', 'encrypted by SOPS'],
  // Other programs.
  ['docker-compose.yml', 'services: {web: {image: a}}\n', 'a Compose file'],
  ['compose.prod.yaml', 'x-a: &a {}\nservices: {}\n', 'a Compose file'],
  ['ci/workflow.yaml', 'on: push\njobs: {a: {runs-on: ubuntu-latest}}\n', 'configuration of CI'],
  ['.gitlab-ci.yml', 'build: {script: [!reference [a, b]]}\n', 'configuration of CI'],
  ['dependabot.yml', 'version: 2\nupdates: []\n', 'configuration of CI'],
  ['renovate.json', '{"extends":["config:recommended"]}', 'configuration of CI'],
  ['rules.yaml', 'groups:\n- name: a\n  rules:\n  - {alert: B, expr: "x > 1"}\n', 'Prometheus'],
  ['playbook.yml', '- hosts: all\n  tasks: [{name: a, debug: {msg: "{{ b }}"}}]\n', 'tasks of Ansible'],
  ['kubernetes-tasks.yml', '- name: a\n  kubernetes.core.k8s: {definition: {kind: Pod}}\n', 'of Ansible'],
  ['log.json', '{"level":"info","kind":"Pod","message":"a"}\n', 'no Kubernetes objects'],
  ['tasks.yml', '- name: a\n  ansible.builtin.copy: {src: x}\n', 'tasks of Ansible'],
  ['openapi.yaml', 'openapi: 3.1.0\ninfo: {title: a}\npaths: {}\n', 'an OpenAPI document'],
  ['schema.json', '{"$schema":"https://json-schema.org/draft-07/schema#","type":"object"}', 'a JSON schema'],
  ['mkdocs.yml', 'site_name: a\nx: !!python/name:a.b.c\n', 'no Kubernetes objects'],
  ['package.json', '{"name":"a","scripts":{}}', 'no Kubernetes objects'],
  ['tsconfig.json', '{\n  // strict\n  "compilerOptions": {},\n}\n', 'not valid YAML'],
  ['tiltfile.yaml', '- a\n- b\n', 'no Kubernetes objects'],
  ['library.json', '{"dependencies":[],"version":1,"kind":"jsonnet"}', 'no Kubernetes objects'],
  ['drone.yml', 'kind: pipeline\ntype: docker\nname: a\n', 'configuration of CI'],
  ['grafana.yaml', 'apiVersion: 1\ndatasources: []\n', 'no Kubernetes objects'],
  ['text.yaml', 'just text\n', 'no Kubernetes objects'],
  // What holds nothing, or no text.
  ['empty.yaml', '', 'empty'],
  ['comments.yaml', '# a\n---\n# b\n', 'empty'],
  ['mark.yaml', '\ufeff', 'empty'],
  ['binary.yaml', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]), 'not UTF-8'],
  ['zeros.json', Buffer.from([0, 1, 2, 3]), 'no text'],
  ['utf16.yaml', Buffer.from('\ufeffa: b\n', 'utf16le'), 'not UTF-8'],
  ['latin1.yml', Buffer.from('a: \xe9\n', 'latin1'), 'not UTF-8'],
  // What is not looked into.
  ['.github/workflows/a.yaml', 'on: push\n', ''],
  ['node_modules/a/b.yaml', config('v1', 'Pod'), ''],
  ['vendor/modules.txt', '# k8s.io/apimachinery v0.34.0\n', ''],
  ['vendor/k8s.io/apimachinery/node.yaml', config('v1', 'Node'), ''],
  ['php/vendor/autoload.php', '<?php\n', ''],
  ['php/vendor/a/b.yaml', config('v1', 'Pod'), ''],
  ['venv/pyvenv.cfg', 'home = /usr/bin\n', ''],
  ['venv/lib/a.yaml', config('v1', 'Pod'), ''],
];

/** What stands for several files. */
const FOLDERS = [
  ['chart/', 'a Helm chart'],
  ['.github/', 'hidden'],
  ['node_modules/', 'packages of a project'],
  ['vendor/', 'packages of a project'],
  ['php/vendor/', 'packages of a project'],
  ['venv/', 'packages of a project'],
] as const;

const FINE = config('v1', 'ConfigMap', 'metadata: {name: fine, namespace: default}\n');

function messyFolder(): string {
  const folder = folderWith({ 'fine.yaml': FINE });
  for (const [file, text] of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  symlinkSync('fine.yaml', join(folder, 'again.yaml'));
  symlinkSync('.', join(folder, 'loop'));
  symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
  return folder;
}

test('a folder with files of all kinds is checked: what is no manifest is skipped, with the reason', async () => {
  const folder = messyFolder();
  const argv = ['check', '.', '--no-kustomize', '--output', 'json'];
  const { code, stdout, stderr } = await seaworthy(folder, argv);
  const report = JSON.parse(stdout) as {
    summary: { objects: number };
    findings: unknown[];
    skipped: { file: string; reason: string }[];
  };
  expect([code, report.findings, report.summary.objects]).toEqual([0, [], 1]);
  const reasons = new Map(report.skipped.map(({ file, reason }) => [file, reason]));
  const expected = [
    ...FILES.filter(([, , reason]) => reason !== '').map(([file, , reason]) => [file, reason] as const),
    ...FOLDERS,
    ['loop', 'a link to a folder'] as const,
    ['circle.yaml', 'a link that leads nowhere'] as const,
  ];
  const wrong = expected.filter(([file, reason]) => reasons.get(file)?.includes(reason) !== true);
  expect(wrong.map(([file, reason]) => [file, reason, reasons.get(file)])).toEqual([]);
  expect([...reasons.keys()].sort()).toEqual(expected.map(([file]) => file).sort());
  expect(stderr).toMatch(/^Skipped \d+ files: \d+ client-side configurations, .* \(--verbose lists them\)\n/);
  const verbose = await seaworthy(folder, [...argv, '--verbose']);
  for (const [file] of expected) expect(verbose.stderr).toContain(`skipped ${file}: `);
});

test('the same folder can be compared', async () => {
  const before = messyFolder();
  const after = messyFolder();
  writeFileSync(join(after, 'fine.yaml'), `${FINE}data: {a: b}\n`);
  const { code, stdout } = await seaworthy(before, ['plan', '.', after, '--no-kustomize']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('1 updated')]);
});

test('what is broken among them is found', async () => {
  const folder = messyFolder();
  writeFileSync(join(folder, 'utf16-pod.yaml'), Buffer.from(`\ufeff${config('v1', 'Pod')}`, 'utf16le'));
  writeFileSync(join(folder, 'nameless.yaml'), config('apps/v1', 'Deployment', 'spec: {}\n'));
  const { code, stdout } = await seaworthy(folder, ['check', '.', '--no-kustomize']);
  expect(code).toBe(2);
  expect(stdout).toContain('utf16-pod.yaml:1\n');
  expect(stdout).toContain('nameless.yaml:1:1\n  Deployment\n    error    metadata.name: Required value');
});

test('of a Helm chart, the definitions that Helm applies as they are are checked', async () => {
  const folder = folderWith({
    'a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    'a/templates/b.yaml': '{{ b }}',
    'a/crds/c.yaml': config('apiextensions.k8s.io/v1', 'CustomResourceDefinition', NAMED),
  });
  const { code, stdout, stderr } = await seaworthy(folder, ['check', '.']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('helm template a --include-crds | seaworthy')]);
  expect(stdout).toContain('a/crds/c.yaml:');
});

test('a file that the user names is checked, whatever its name says', async () => {
  const folder = folderWith({ '01-assert.yaml': config('v1', 'Pod', NAMED), 'a.yaml.j2': FINE });
  const { stdout } = await seaworthy(folder, ['check', '01-assert.yaml', 'a.yaml.j2']);
  expect(stdout).toContain('spec.containers: Required value');
});

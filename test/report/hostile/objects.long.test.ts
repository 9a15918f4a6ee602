import { createColors } from 'picocolors';
import { check } from '../../../lib/check/check';
import { ManifestSet } from '../../../lib/manifest/set';
import { plan } from '../../../lib/plan/plan';
import { CHECK_FORMATS } from '../../../lib/report/check/formats';
import { PLAN_FORMATS } from '../../../lib/report/plan/formats';
import { isAdmitted, hasNoFindings, hasResource } from '../../../lib/testing/assertions';
import { rollsOut } from '../../../lib/testing/changes';
import { liveIn, see } from './html';
import { commandsIn, readXml, render, unseenIn } from './readers';
import { HOSTILE } from './strings';

/** Objects with `text` wherever an object can have a text. */
function objects(text: string, value: string): ManifestSet {
  const metadata = (name: string) => ({
    name: `${name}${text}`,
    namespace: `shop${text}`,
    labels: { app: name, [text]: value, [`a.example/${text}`]: text },
    annotations: {
      [text]: value,
      'seaworthy.dev/suppress': `policy/image-tag: ${text}\n${text}: because`,
      'kubectl.kubernetes.io/last-applied-configuration': text,
    },
  });
  const container = {
    name: `web${text}`,
    image: `${value}${text}`,
    command: [text, value],
    env: [
      { name: text, value },
      { name: 'A', valueFrom: { configMapKeyRef: { name: text, key: text } } },
    ],
    ports: [{ name: text, containerPort: 80, protocol: text }],
    volumeMounts: [{ name: text, mountPath: text }],
    [text]: text,
  };
  const template = {
    metadata: { labels: { app: 'web', [text]: text }, annotations: { [text]: value } },
    spec: { serviceAccountName: text, nodeSelector: { [text]: text }, containers: [container] },
  };
  return ManifestSet.of([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { [text]: value, b: text } },
    { apiVersion: 'v1', kind: 'Secret', metadata: metadata('login'), type: text, data: { [text]: text } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('web'),
      spec: { selector: { matchLabels: { app: 'web', [text]: text } }, template, strategy: { type: text } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('web'),
      spec: {
        type: text,
        selector: { app: 'web', [text]: value },
        ports: [{ port: 80, targetPort: text, name: value }],
      },
    },
    { apiVersion: `a.example/${text}`, kind: text, metadata: metadata('mine'), spec: { [text]: value } },
    { apiVersion: 'v1', kind: `Pod${text}`, metadata: metadata('pod'), spec: template.spec },
  ]);
}

/** A set takes no half of a character. */
const TEXTS = HOSTILE.filter(
  (text, index) => (index % 9 === 0 || index > HOSTILE.length - 10) && !/\p{Surrogate}/u.test(text),
);
const paint = createColors(true);

/** What every printer prints of these objects and their change. */
function printed(text: string): { readonly format: string; readonly report: string }[] {
  const [before, after] = [objects(text, 'old'), objects(text, `new${text}`)];
  const report = {
    version: '1.0.0',
    parts: [{ manifests: [...after], findings: check(after) }],
    rules: [],
    failOn: 'error' as const,
    fallback: text,
  };
  const sides = { before: { name: text }, after: { name: 'the app' } };
  const parts = [{ place: text, changes: plan(before, after).changes }];
  const planned = {
    version: '1.0.0',
    ...sides,
    parts,
    mode: 'change' as const,
    apply: 'helm' as const,
    refused: [],
    full: true,
  };
  const verdicts = [
    isAdmitted(after),
    hasNoFindings(after),
    hasResource(after, 'ConfigMap', { data: { b: 'c' } }),
    rollsOut(after, before),
  ];
  return [
    ...CHECK_FORMATS.map(({ name, print }) => ({
      format: `check ${name}`,
      report: print(report, { paint, lines: () => undefined }),
    })),
    ...PLAN_FORMATS.map(({ name, print }) => ({ format: `plan ${name}`, report: print(planned, paint) })),
    ...verdicts.map(({ message }) => ({ format: 'a matcher', report: message })),
  ];
}

const REPORTS = TEXTS.flatMap((text) => printed(text).map((each) => ({ ...each, text })));

test('no report of an object has a character that a terminal obeys or hides', () => {
  const found = REPORTS.map(({ report, ...rest }) => ({ ...rest, unseen: unseenIn(report) }));
  expect(found.filter(({ unseen }) => unseen.length > 0)).toEqual([]);
});

test('no report of an object is a command to a runner', () => {
  const own = /^::(?:error|warning|notice) file=/;
  const found = REPORTS.map(({ report, ...rest }) => ({
    ...rest,
    commands: commandsIn(report).filter((line) => rest.format !== 'check github' || !own.test(line)),
  }));
  expect(found.filter(({ commands }) => commands.length > 0)).toEqual([]);
});

test('Markdown has only the elements of a report, and nothing that lives outside of code', () => {
  const elements =
    /^\/?(?:h3|table|thead|tbody|tr|th|td|details|summary|b|p|strong|ul|li|sub)(?: open=""| open| align="right")?$/;
  const reports = REPORTS.filter(({ format }) => format.includes('markdown'));
  const seen = render(reports.map(({ report }) => report)).map(see);
  const found = reports.map(({ format, text }, index) => {
    const { tags = [], texts = [] } = seen[index] ?? {};
    const others = tags.filter(
      (tag) => !elements.test(tag) && !/^<!-- seaworthy (?:check|plan) -->$/.test(tag),
    );
    return { format, text, others: [...others, ...liveIn({ tags, texts, text: '' })] };
  });
  expect(found.filter(({ others }) => others.length > 0)).toEqual([]);
});

test('JUnit and JSON can be read', () => {
  for (const { format, report } of REPORTS) {
    if (/junit/.test(format)) readXml(report);
    if (/json|sarif/.test(format)) JSON.parse(report);
  }
  expect(REPORTS.length).toBeGreaterThan(300);
});

import { check } from '../../../lib/check/check';
import type { Finding } from '../../../lib/check/finding';
import { ManifestSet } from '../../../lib/manifest/set';
import { redactFindings } from '../../../lib/report/redact/findings';

const SECRETS = {
  'of random letters': Array.from({ length: 600 }, (_, index) => `${(index * 7919) % 9973}kW`).join(''),
  'of one word that repeats': 'abcdefghij'.repeat(300),
  'of many lines': Array.from(
    { length: 60 },
    (_, index) => `"line" \\ ${(index * 7919) % 9973}-${'x'.repeat(40)}`,
  ).join('\n'),
  'beyond ASCII': String.fromCodePoint(...Array.from({ length: 3000 }, (_, index) => 0x4e00 + index)),
};

/** Objects that are wrong in many ways, all of which have the secret somewhere. */
function objects(secret: string): unknown[] {
  const env = [
    { name: 'DB_PASSWORD', value: secret, valueFrom: { fieldRef: { fieldPath: secret } } },
    { name: `${secret}=`, value: 'x' },
  ];
  const containers = [{ name: 'a', image: secret, imagePullPolicy: secret, command: [secret], env }];
  const of = (kind: string, name: string, rest: object): unknown => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, annotations: { password: secret } },
    ...rest,
  });
  return [
    of('Secret', 'a', {
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': secret, a: secret },
    }),
    of('Secret', 'b', { data: { a: secret } }),
    of('Secret', 'c', { data: secret, stringData: [secret] }),
    of('ConfigMap', 'd', { data: { password: secret, 'b password': secret }, immutable: secret }),
    of('Pod', 'e', {
      spec: { containers, nodeName: secret, serviceAccountName: secret, restartPolicy: secret },
    }),
  ];
}

test.each(Object.entries(SECRETS))(
  'of a long secret %s, no beginning is left where a message is cut',
  (_, secret) => {
    const text = objects(secret)
      .map((object) => JSON.stringify(object))
      .join('\n---\n');
    const set = ManifestSet.parse(text, { source: 'a.yaml' });
    const findings = check(set, { preset: 'strict' });
    const part = secret.slice(0, 8);
    const said = (list: readonly Finding[]): string =>
      list.map(({ path, message, hint = '' }) => [path, message, hint].join('\n')).join('\n');
    expect(said(findings)).toContain(JSON.stringify(part).slice(1, -1));
    const shown = said(redactFindings(findings, [...set]));
    expect(shown).not.toContain(part);
    expect(shown).not.toContain(JSON.stringify(part).slice(1, -1));
  },
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { main, type Io } from '../main';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-encrypted-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Recorder extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, next: () => void): void {
    this.text += chunk.toString();
    next();
  }
}

const CIPHERTEXT =
  'ENC[AES256_GCM,data:pmZ3kDtH9g==,iv:Gd1nT2l0lqVbZ8t7o3J8Zk0h2lq5n0w1J8yq7m3Zk1s=,tag:3mC1yqk0ZkQ7yqv5b0J8Zg==,type:str]';

/** As `sops --encrypt --age … --encrypted-regex '^(data|stringData)$'` writes a Secret. */
const ENCRYPTED = `apiVersion: v1
kind: Secret
metadata:
    name: login
    namespace: shop
stringData:
    password: ${CIPHERTEXT}
`;
const METADATA = `sops:
    age:
        - recipient: age1yt3tfqlfrwdwx0z0ynwplcr6qxcxfaqycuprpmy89nr83ltx74tqdpszlw
          enc: |
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBxT1JyZk5rN0hGdGJ4a1Ja
            -----END AGE ENCRYPTED FILE-----
    lastmodified: "2026-11-27T10:00:00Z"
    mac: ${CIPHERTEXT}
    encrypted_regex: ^(data|stringData)$
    version: 3.11.0
`;

/** What `seaworthy apply` says of files, without a cluster. */
async function applied(files: Readonly<Record<string, string>>): Promise<{ code: number; stderr: string }> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [stdout, stderr] = [new Recorder(), new Recorder()];
  const env = { PATH: process.env['PATH'], KUBECONFIG: join(folder, 'missing') };
  const io = { stdout, stderr, env, cwd: folder } as unknown as Io;
  const code = await main(['apply', ...Object.keys(files), '--name', 'shop', '--yes'], io);
  return { code, stderr: stderr.text };
}

test('a file that SOPS has encrypted is refused by name, before a cluster is asked', async () => {
  const { code, stderr } = await applied({
    'login.enc.yaml': `${ENCRYPTED}${METADATA}`,
    'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n',
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/Secret shop\/login: SOPS has encrypted it, and apply does not decrypt/);
  expect(stderr).toContain('login.enc.yaml');
});

test('an encrypted value without the metadata of SOPS is refused, too', async () => {
  const { code, stderr } = await applied({ 'login.yaml': ENCRYPTED });
  expect(code).toBe(2);
  expect(stderr).toMatch(/Secret shop\/login stringData\.password: SOPS has encrypted this value/);
  expect(stderr).toContain('login.yaml');
});

test('a resource that an operator decrypts is none of these, nor is a text that looks a little like one', async () => {
  const { stderr } = await applied({
    'a.yaml': `apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: { name: login, namespace: shop }
spec: { secretTemplates: [{ name: login, stringData: { password: '${CIPHERTEXT}' } }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: shop }
data: { a: 'ENC[AES256_GCM]' }
`,
  });
  expect(stderr).not.toContain('SOPS');
});

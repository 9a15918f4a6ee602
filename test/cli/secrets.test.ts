import { join } from 'node:path';
import { folderWith, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const MARK = '7qMarkedX9';

function project(app: string): string {
  return folderWith({ 'cdk8s.yaml': 'app: node main.js\n', 'main.js': app });
}

test('an app that throws a password is shown without it, and so is the line that does', async () => {
  const app = `const url = 'postgres://shop:${MARK}@db/shop';\nconst settings = { password: '${MARK}' };\nthrow new Error('cannot connect to ' + url);\n`;
  const { code, stderr } = await seaworthy(project(app), ['check']);
  expect(code).toBe(2);
  expect(stderr).toContain('cannot connect to postgres://shop:(hidden)@db/shop');
  expect(stderr).toContain("const settings = { password: '(hidden)' };");
  expect(stderr.slice(stderr.indexOf('error:'))).not.toContain(MARK);
});

const secretApp =
  (): string => `const { App, Chart, Secret, ConfigMap } = require(${JSON.stringify(packageFolder())});
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new Secret(chart, 'login', { data: { any: '${MARK}' }, unsafe: true });
new ConfigMap(chart, 'settings', { data: { DB_PASSWORD: '${MARK}' } });
app.synth();
`;

test.each([['list'], ['list', '-o', 'json'], ['check'], ['check', '-o', 'json'], ['synth']])(
  '%s prints no value of a Secret of an app',
  async (...argv) => {
    const { code, stdout, stderr } = await seaworthy(project(secretApp()), argv);
    // Fails if the app does not run, which would print nothing either.
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error:')]);
    for (const form of [MARK, Buffer.from(MARK).toString('base64').slice(0, 12)])
      expect(stdout + stderr).not.toContain(form);
  },
);

test('what synth seals is kept in sealed.lock, so that CI renders the same without the values', async () => {
  const sealing = join(__dirname, '../constructs/sealing/sealing.pem');
  const folder = project(`const { App, Chart, SealedSecret } = require(${JSON.stringify(packageFolder())});
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new SealedSecret(chart, 'token', { certificate: ${JSON.stringify(sealing)}, keys: { token: process.env.TOKEN } });
app.synth();
`);
  const env = { TOKEN: MARK };
  const early = await seaworthy(folder, ['synth', '--check'], { env });
  expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('stale: sealed.lock') as string });
  expect((await seaworthy(folder, ['synth'], { env })).stderr).toContain(
    'Sealed new values; commit sealed.lock.',
  );
  const [lock, output] = ['sealed.lock', 'dist/shop.yaml'].map((path) => read(folder, path));
  expect(output).toContain(/"sealed": "(.*)"/.exec(lock ?? '')?.[1]);
  expect(await seaworthy(folder, ['synth', '--check'])).toMatchObject({ code: 0 });
  expect((await seaworthy(folder, ['synth'])).stderr).not.toContain('Sealed');
  expect(['sealed.lock', 'dist/shop.yaml'].map((path) => read(folder, path))).toEqual([lock, output]);
  expect(`${lock ?? ''}${output ?? ''}`).not.toContain(MARK);
});

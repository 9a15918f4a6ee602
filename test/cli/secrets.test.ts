import { folderWith, removeFolders, seaworthy } from './support/cli';
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

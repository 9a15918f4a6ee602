import { appOf, projectOf, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const SHOP = appOf(['staging/shop/api', 'staging/jobs/nightly', 'production/shop/api'], { name: 'shop' });

describe('seaworthy list', () => {
  it('shows environments, charts and objects as a tree, with their lines', async () => {
    const { code, stdout, stderr } = await seaworthy(projectOf(SHOP), ['list']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'shop                     3 objects',
      '  staging                2 objects',
      '    shop                 1 object',
      '      ConfigMap api      main.ts:7',
      '    jobs                 1 object',
      '      ConfigMap nightly  main.ts:7',
      '  production             1 object',
      '    shop                 1 object',
      '      ConfigMap api      main.ts:7',
      '',
    ]);
  });

  it('leaves out what there is only one of without a name', async () => {
    const { stdout } = await seaworthy(projectOf(appOf(['-/-/a'])), ['list']);
    expect(stdout).toBe('ConfigMap a  main.ts:7\n');
  });

  it('shows one environment', async () => {
    const { stdout } = await seaworthy(projectOf(SHOP), ['list', '--environment', 'production']);
    expect(stdout).toContain('production');
    expect(stdout).not.toContain('staging');
  });

  it('refuses an environment that there is not', async () => {
    const { code, stdout, stderr } = await seaworthy(projectOf(SHOP), ['list', '-e', 'stagin']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean staging?');
  });

  it('prints JSON with everything that identifies an object', async () => {
    const { stdout } = await seaworthy(projectOf(appOf(['staging/shop/api'])), ['list', '--output', 'json']);
    expect(JSON.parse(stdout)).toEqual({
      apps: [
        {
          name: null,
          environments: [
            {
              name: 'staging',
              charts: [
                {
                  name: 'shop',
                  objects: [
                    {
                      apiVersion: 'v1',
                      kind: 'ConfigMap',
                      name: 'api',
                      construct: 'staging/shop/api',
                      source: 'main.ts:7',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });
});

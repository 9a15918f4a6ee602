import { join } from 'node:path';
import { SeaworthyValidation, type ValidationContext } from '../../lib/integrations/cdk8s-validation';
import { folderWith, removeFolders } from '../cli/support/cli';

afterAll(removeFolders);

const BAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad\n  namespace: default\n';

/** What the plugin reports on the files of a folder. */
async function reportOn(files: Readonly<Record<string, string>>, properties = {}) {
  const folder = folderWith(files);
  const violations: { readonly ruleName: string }[] = [];
  let status: string | undefined;
  let counts: unknown;
  const report: ValidationContext['report'] = {
    addViolation: (violation) => violations.push(violation),
    submit: (result, metadata) => ([status, counts] = [result, metadata]),
  };
  const manifests = Object.keys(files).map((path) => join(folder, path));
  await new SeaworthyValidation(properties).validate({ manifests, report });
  return { violations, status, counts, folder };
}

describe('the validation plugin', () => {
  it('reports each rule once, with all that it found and where', async () => {
    const { violations, status, counts, folder } = await reportOn({ 'a.yaml': BAD }, { preset: 'none' });
    expect([status, counts]).toEqual(['failure', { errors: '1', warnings: '0', infos: '0' }]);
    expect(violations).toMatchObject([
      {
        ruleName: 'admission/invalid',
        violatingResources: [
          {
            resourceName: 'Bad',
            manifestPath: join(folder, 'a.yaml'),
            locations: [expect.stringMatching(/^error: ConfigMap metadata\.name: .*a\.yaml:4\)$/)],
          },
        ],
      },
    ]);
  });

  it('takes the settings of check as its properties, and refuses others', async () => {
    const mild = { preset: 'none', rules: { 'admission/invalid': 'warning' } };
    expect(await reportOn({ 'a.yaml': BAD }, mild)).toMatchObject({ status: 'success' });
    expect(await reportOn({ 'a.yaml': BAD }, { ...mild, failOn: 'warning' })).toMatchObject({
      status: 'failure',
    });
    expect(() => new SeaworthyValidation({ presets: 'none' } as object)).toThrow(
      'properties.presets: unknown property "presets" [CONFIG_INVALID]\n  Did you mean preset?',
    );
  });
});

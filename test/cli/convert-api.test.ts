import { filesIn, folderWith, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const OLD = '# Each night.\napiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: night }\n';
const BUDGET =
  'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: api }\nspec: { selector: {} }\n';
const CURRENT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {  name: a }\n';

describe('seaworthy convert-api', () => {
  it('rewrites files in place, and leaves others as they are', async () => {
    const folder = folderWith({ 'a/night.yaml': OLD, 'a/config.yaml': CURRENT });
    const { code, stdout, stderr } = await seaworthy(folder, ['convert-api', 'a', '--to', '1.31']);
    expect([code, stdout]).toEqual([
      0,
      'a/night.yaml:2: CronJob night: batch/v1beta1 -> batch/v1 (removed in 1.25)\n',
    ]);
    expect(stderr).toContain('1 object converted for Kubernetes 1.31');
    expect(read(folder, 'a/night.yaml')).toBe(OLD.replace('batch/v1beta1', 'batch/v1'));
    expect(read(folder, 'a/config.yaml')).toBe(CURRENT);
    expect(filesIn(folder).sort()).toEqual(['a/config.yaml', 'a/night.yaml']);
  });

  it('changes nothing with --check, and exits with 1', async () => {
    const folder = folderWith({ 'night.yaml': OLD });
    const { code, stderr } = await seaworthy(folder, ['convert-api', 'night.yaml', '--check']);
    expect([code, read(folder, 'night.yaml')]).toEqual([1, OLD]);
    expect(stderr).toContain('1 object to convert');
    const done = await seaworthy(folder, ['convert-api', 'night.yaml']);
    const again = await seaworthy(folder, ['convert-api', 'night.yaml', '--check']);
    expect([done.code, again.code]).toEqual([0, 0]);
  });

  it('names what takes a choice and what it cannot read, and exits with 1 for the first', async () => {
    const template = OLD.replace('night', '{{ .Release.Name }}');
    const folder = folderWith({ 'budget.yaml': BUDGET, 'cron.yaml': template });
    const { code, stdout } = await seaworthy(folder, ['convert-api', '.']);
    expect([code, read(folder, 'budget.yaml'), read(folder, 'cron.yaml')]).toEqual([1, BUDGET, template]);
    expect(stdout).toContain(
      'budget.yaml:1: PodDisruptionBudget api: policy/v1beta1 -> policy/v1 (removed in 1.25), by hand: ',
    );
    expect(stdout).toContain('cron.yaml: left alone: a template\n');
  });

  it.each([
    [['convert-api', 'none.yaml'], 'INPUT_UNREADABLE'],
    [['convert-api', 'night.yaml', '--to', '1.99'], 'UNKNOWN_KUBERNETES'],
    [['convert-api'], 'USAGE'],
  ])('refuses %j, and changes nothing', async (argv, expected) => {
    const folder = folderWith({ 'night.yaml': OLD });
    const { code, stderr } = await seaworthy(folder, argv);
    expect([code, read(folder, 'night.yaml')]).toEqual([2, OLD]);
    expect(stderr).toContain(expected);
  });
});

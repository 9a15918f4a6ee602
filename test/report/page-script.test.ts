import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('the script of pages is what browser/ makes', () => {
  const script = join(__dirname, '..', '..', 'scripts', 'page-script.js');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

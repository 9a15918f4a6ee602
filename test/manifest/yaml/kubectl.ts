import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** Tests against kubectl are left out where there is none, unless the environment says that they must run. */
export const withoutKubectl =
  process.env['SEAWORTHY_REQUIRE_KUBECTL'] !== '1' &&
  spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' }).error !== undefined;

if (withoutKubectl) {
  process.stderr.write(
    'There is no kubectl: its tests are skipped. SEAWORTHY_REQUIRE_KUBECTL=1 makes that a failure.\n',
  );
}

/**
 * The payloads of `yaml`, a stream of objects with a field `payload`, as kubectl reads them.
 * `kubectl annotate --local` reads and prints any kind of object and asks no server.
 */
export function payloadsThroughKubectl(yaml: string): unknown[] {
  const { status, stdout, stderr, error } = spawnSync(
    'kubectl',
    ['annotate', '--local', '--overwrite', '-f', '-', 'example.com/read=yes', '-o', 'json'],
    { input: yaml, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, KUBECONFIG: devNull } },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`kubectl: ${stderr}`);
  return stdout.split(/^(?=\{$)/m).map((object) => (JSON.parse(object) as { payload: unknown }).payload);
}

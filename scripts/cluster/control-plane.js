'use strict';
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { createInterface } = require('node:readline');

const SOURCE = resolve(__dirname, '../../test/cluster/control-plane');

/** Builds the control plane, unless the same sources were built before; the first time takes several minutes. */
function build() {
  const files = readdirSync(SOURCE).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(SOURCE, file)));
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'seaworthy');
  const binary = join(folder, `control-plane-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  console.error('building the control plane: this takes several minutes the first time');
  const unfinished = `${binary}.${process.pid}`;
  // Without debug information it is half as large, and is linked faster.
  const go = spawnSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', unfinished, '.'], {
    cwd: SOURCE,
    stdio: 'inherit',
  });
  if (go.error !== undefined)
    throw new Error(`cannot run Go, which builds the control plane: ${go.error.message}`);
  if (go.status !== 0) throw new Error('the control plane does not build');
  renameSync(unfinished, binary);
  return binary;
}

/** Starts a control plane with three nodes on loopback; it ends with this process. */
async function startControlPlane() {
  const folder = join(mkdtempSync(join(tmpdir(), 'seaworthy-cluster-')), 'cluster');
  const child = spawn(build(), [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((end) => child.once('exit', end));
  const line = await Promise.race([
    new Promise((ready) => createInterface(child.stdout).once('line', ready)),
    ended.then((status) => {
      throw new Error(`the control plane ended with ${status}`);
    }),
  ]);
  return {
    ...JSON.parse(line),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

module.exports = { startControlPlane };

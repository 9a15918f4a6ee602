'use strict';
const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { createConnection } = require('node:net');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { createInterface } = require('node:readline');
const { build } = require('./build');

/** Starts a control plane with three nodes on loopback; it ends with this process. */
async function startControlPlane(
  folder = join(mkdtempSync(join(tmpdir(), 'seaworthy-cluster-')), 'cluster'),
  release,
) {
  const child = spawn(build(release), [folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  // It may be killed on purpose.
  child.stdin.on('error', () => undefined);
  const ended = new Promise((end) => child.once('exit', (status, signal) => end(status ?? signal)));
  const line = await Promise.race([
    new Promise((ready) => createInterface(child.stdout).once('line', ready)),
    ended.then((status) => {
      throw new Error(`the control plane ended with ${status}`);
    }),
  ]);
  // The end of this process is what ends the control plane: it must not wait for that.
  for (const handle of [child, child.stdin, child.stdout]) handle.unref();
  return {
    ...JSON.parse(line),
    stop: async () => {
      child.ref();
      child.stdin.end();
      await ended;
      rmSync(dirname(folder), { recursive: true, force: true });
    },
  };
}

/** The control plane that wrote `kubeconfig`, for tests that kill it; `undefined` where another cluster did. */
function controlPlaneOf(kubeconfig) {
  const folder = dirname(kubeconfig);
  if (!existsSync(join(folder, 'pids.json'))) return undefined;
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const pids = () => JSON.parse(read('pids.json'));
  return {
    folder,
    pidOf: (name) => pids()[name],
    async kill() {
      const { cluster, ...components } = pids();
      // The first one would start the others again.
      for (const pid of [cluster, ...Object.values(components)]) killHard(pid);
      const ports = read('ports').trim().split(' ').map(Number);
      await Promise.all(ports.map(untilClosed));
    },
    async restart() {
      await startControlPlane(folder);
    },
    killComponent: (name) => killHard(pids()[name]),
  };
}

function killHard(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function untilClosed(port) {
  const isOpen = () =>
    new Promise((tell) => {
      const socket = createConnection(port, '127.0.0.1');
      socket.once('connect', () => (socket.destroy(), tell(true)));
      socket.once('error', () => tell(false));
    });
  while (await isOpen()) await new Promise((next) => setTimeout(next, 50));
}

module.exports = { startControlPlane, controlPlaneOf };

'use strict';
/**
 * The least that server-side apply of the objects of a YAML file can take: bare requests, with bodies that are ready, a
 * given number at once. With `dry-run`, each is tried before any is written.
 *
 *   node bare-apply.js <file> <at once> [dry-run]
 */
const { readFileSync } = require('node:fs');
const { Agent, request } = require('node:https');
const { parse, parseAllDocuments } = require('yaml');

const PLURALS = { ConfigMap: 'configmaps', Service: 'services', Deployment: 'deployments' };

const [file, atOnce, tries] = process.argv.slice(2);
const { clusters, users } = parse(readFileSync(process.env.KUBECONFIG, 'utf8'));
const { server, ...authority } = clusters[0].cluster;
const { user } = users[0];
const read = (holder, name) =>
  holder[name] === undefined ? Buffer.from(holder[`${name}-data`], 'base64') : readFileSync(holder[name]);
const agent = new Agent({
  keepAlive: true,
  maxSockets: Number(atOnce),
  ca: read(authority, 'certificate-authority'),
  cert: read(user, 'client-certificate'),
  key: read(user, 'client-key'),
});

const bodies = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
  const object = document.toJS();
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const path = `${root}/namespaces/${metadata.namespace}/${PLURALS[kind]}/${metadata.name}`;
  return {
    path: `${path}?fieldManager=bare&force=false&fieldValidation=Strict`,
    body: JSON.stringify(object),
  };
});

function apply({ path, body }, dryRun) {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/apply-patch+yaml',
      'content-length': Buffer.byteLength(body),
    };
    const url = new URL(`${path}${dryRun ? '&dryRun=All' : ''}`, server);
    const sent = request(url, { method: 'PATCH', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode < 300 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function all(dryRun) {
  const left = bodies.values();
  const worker = async () => {
    for (const body of left) await apply(body, dryRun);
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, worker));
}

async function main() {
  if (tries === 'dry-run') await all(true);
  await all(false);
  agent.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

'use strict';
// The construct of bench/operator.ts, served by `seaworthy operator run`.
const { ApiObject } = require('cdk8s');
const { z } = require('zod');
const { defineResource } = require('../../build');

exports.page = defineResource({
  group: 'bench.example',
  kind: 'Page',
  props: z.object({ text: z.string(), isBare: z.boolean().default(false) }),
  examples: [{ props: { text: 'an example' } }],
  construct(scope, { text, isBare }, { metadata: { name } }) {
    const metadata = { name };
    const labels = { app: name };
    const add = (id, object) => void new ApiObject(scope, id, { metadata, ...object });
    add('content', { apiVersion: 'v1', kind: 'ConfigMap', data: { text } });
    if (isBare) return;
    add('service', {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port: 80 }] },
    });
    const container = {
      name: 'main',
      image: 'ghcr.io/acme/page:1.4.2',
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } },
    };
    add('web', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    });
  },
});

'use strict';

/** Services of one chart, or of one team. */
const PER_TEAM = 10;

/** `count` services as data: what our app and the Helm chart are both told. */
exports.services = (count) =>
  Array.from({ length: count }, (_, number) => ({
    name: `service-${number}`,
    team: `team-${Math.floor(number / PER_TEAM)}`,
    image: `registry.example/team/service-${number}:1.4.2`,
    replicas: 1,
    port: 8080,
    probe: '/healthz',
    env: { LOG_LEVEL: 'info', PORT: '8080', REGION: 'eu-central-1' },
    resources: { cpu: '100m', memory: '128Mi' },
  }));

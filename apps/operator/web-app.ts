import { defineResource, WebService } from 'seaworthy';
import { z } from 'zod';
import { ownImages } from './policies';

const props = z.object({
  image: z.string().max(500).describe('Image of the app, with a version'),
  port: z.int().min(1).max(65_535).default(8080).describe('Port that it listens on'),
  host: z.string().max(253).optional().describe('Host under which people find it'),
  replicas: z
    .object({ min: z.int().min(1).max(50).default(2), max: z.int().min(1).max(50).default(4) })
    .prefault({}),
  settings: z.record(z.string(), z.string().max(1000)).default({}).describe('Environment variables'),
  health: z.string().max(200).default('/healthz').describe('Path that answers while the app is well'),
  tier: z.enum(['customers', 'staff']).default('staff').meta({ immutable: true }),
});

/** An app of the shop, as the teams of the shop ask for it. */
export const webApp = defineResource({
  group: 'apps.shop.example',
  kind: 'WebApp',
  shortNames: ['wa'],
  description: 'An app that answers HTTP requests.',
  props,
  rules: [{ rule: 'self.min <= self.max', message: 'min must not be above max', path: 'replicas' }],
  columns: [
    { name: 'Image', path: 'image' },
    { name: 'Host', path: 'host', wide: true },
  ],
  checks: { rules: [ownImages] },
  examples: [
    { props: { image: 'ghcr.io/acme/example:1.0.0', host: 'example.shop.example' } },
    { props: { image: 'ghcr.io/acme/example:1.0.0' } },
  ],
  construct(scope, { image, port, host, replicas, settings, health, tier }) {
    new WebService(scope, 'Default', {
      image,
      port: { port, service: 80 },
      replicas: { ...replicas, cpu: '70%' },
      env: settings,
      resources: { cpu: '100m', memory: { request: '128Mi', limit: '256Mi' } },
      probe: { http: health },
      labels: { tier },
      ...(host !== undefined && { route: { host, tls: true } }),
    });
  },
});

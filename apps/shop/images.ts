import { existing } from 'seaworthy';

/** Every image of the shop, so that an update is one line. */
export const images = {
  api: 'ghcr.io/acme/shop-api:1.4.2',
  web: 'ghcr.io/acme/shop-web:1.4.2',
  recommender: 'ghcr.io/acme/shop-recommender:0.9.0',
  postgres: 'postgres:16.4',
  postgresExporter: 'quay.io/prometheuscommunity/postgres-exporter:v0.15.0',
  fluentBit: 'fluent/fluent-bit:3.1.9',
} as const;

/** Logins of the registries, which the platform team puts into the namespace. */
export const pullSecrets = [existing('Secret', 'ghcr-login'), existing('Secret', 'docker-hub-login')];

/** A resource of a team, as it applies it with kubectl. */
const webApp = (name: string, spec: object) => ({
  apiVersion: 'apps.shop.example/v1',
  kind: 'WebApp',
  metadata: { name, namespace: 'shop-teams' },
  spec,
});

/** The catalogue, for customers. */
export const catalogue = webApp('catalogue', {
  image: 'ghcr.io/acme/catalogue:2.3.0',
  host: 'catalogue.shop.example',
  replicas: { min: 3, max: 10 },
  settings: { LOG_LEVEL: 'info' },
  tier: 'customers',
});

/** Where staff look after returns. */
export const returns = webApp('returns', { image: 'ghcr.io/acme/returns:0.4.1', port: 3000 });

/** What the policy refuses: nobody here has built the image. */
export const borrowed = webApp('borrowed', { image: 'docker.io/library/nginx:1.27.3' });

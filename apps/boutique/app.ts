import { App, Environment } from 'seaworthy';
import { Boutique } from './boutique';

/** The boutique in each of its environments. */
export function boutique(): App {
  const app = new App({ name: 'boutique' });

  const staging = new Environment(app, 'staging', { kubernetes: '1.31' });
  new Boutique(staging, 'boutique', { replicas: 1, visitors: ['10.0.0.0/8'] });

  const production = new Environment(app, 'production', { kubernetes: '1.34', provider: 'gke' });
  new Boutique(production, 'boutique', { replicas: 3 });

  return app;
}

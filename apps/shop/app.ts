import { App, Environment } from 'seaworthy';
import { environments } from './environments';
import { Foundation } from './foundation';
import { Logging } from './logging';
import { Shop } from './shop';

/** The shop in each of its environments. */
export function shop(): App {
  const app = new App({ name: 'shop' });
  for (const [name, { cluster, ...place }] of Object.entries(environments)) {
    const environment = new Environment(app, name, cluster);
    const foundation = new Foundation(environment, 'foundation');
    new Logging(environment, 'logging', place.logging).addDependency(foundation);
    new Shop(environment, 'shop', place.shop).addDependency(foundation);
  }
  return app;
}

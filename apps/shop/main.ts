import { App, Environment } from 'seaworthy';
import { environments } from './environments';
import { Foundation } from './foundation';
import { Logging } from './logging';
import { Shop } from './shop';

const app = new App({ name: 'shop' });
for (const [name, { cluster, logging, shop }] of Object.entries(environments)) {
  const environment = new Environment(app, name, cluster);
  const foundation = new Foundation(environment, 'foundation');
  new Logging(environment, 'logging', logging).addDependency(foundation);
  new Shop(environment, 'shop', shop).addDependency(foundation);
}
app.synth();

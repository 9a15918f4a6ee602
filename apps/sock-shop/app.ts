import { App, Environment } from 'seaworthy';
import { production, workshop } from './clusters';
import { SockShop } from './sock-shop';

/** The sock shop, on a laptop for workshops and in production. */
export function sockShop(): App {
  const app = new App({ name: 'sock-shop' });
  new SockShop(new Environment(app, 'workshop', workshop), 'sock-shop', {
    host: 'socks.localhost',
    nodePort: 30001,
    replicas: 1,
  });
  new SockShop(new Environment(app, 'production', production), 'sock-shop', {
    host: 'socks.example',
    replicas: { min: 2, max: 10, cpu: '70%' },
  });
  return app;
}

import { App, Chart, WebService } from 'seaworthy';

const app = new App();
const shop = new Chart(app, 'shop', { namespace: 'shop' });
new WebService(shop, 'api', {
  image: 'ghcr.io/acme/shop-api:1.4.2',
  port: 8080,
  replicas: 3,
  probe: { http: '/healthz' },
});
app.synth();

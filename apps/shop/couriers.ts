import type { Construct } from 'constructs';
import { value, WebService } from 'seaworthy';
import { images } from './images';

/** From where couriers come. */
const NETWORKS = ['198.51.100.0/24', '203.0.113.0/24'];

/** Hears from the scanners of couriers where a parcel is, over TCP, and shows it to customers. */
export class Couriers extends WebService {
  constructor(scope: Construct, id: string, { api }: { readonly api: WebService }) {
    super(scope, id, {
      image: images.api,
      args: ['couriers'],
      ports: { http: { port: 8080, service: 80 }, scanners: { port: 7007, appProtocol: 'tcp' } },
      replicas: value('couriers.replicas', 2, { minimum: 2, maximum: 10 }),
      env: { API_ADDRESS: api.address },
      resources: { cpu: '50m', memory: { request: '64Mi', limit: '128Mi' } },
      probe: { http: '/healthz' },
      lifecycle: { preStop: { sleep: 10 } },
    });
    this.connectsTo(api, { port: 'http' });
    this.expose('public', { type: 'LoadBalancer', ports: ['scanners'], loadBalancerSourceRanges: NETWORKS });
  }
}

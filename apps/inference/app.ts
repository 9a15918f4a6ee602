import { App, Chart, Environment, gke, Namespace } from 'seaworthy';
import { ModelServer } from './model-server';

const production = gke({
  kubernetes: '1.34',
  nodePools: [
    {
      name: 'l4',
      labels: { 'cloud.google.com/gke-accelerator': 'nvidia-l4' },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
      allocatable: { cpu: '7910m', memory: '28Gi', 'ephemeral-storage': '80Gi', 'nvidia.com/gpu': '1' },
    },
  ],
  gateway: { name: 'internal', namespace: 'gateways', listener: 'https' },
  prometheus: { address: 'http://prometheus.monitoring:9090' },
  monitoring: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  installed: {
    'argo-rollouts': '1.8',
    'external-secrets': '1.0',
    keda: '2.18',
    'prometheus-operator': '0.86',
  },
});

/** A language model behind the API of OpenAI. */
export function inference(): App {
  const app = new App({ name: 'inference' });
  const chart = new Chart(new Environment(app, 'production', production), 'inference', {
    namespace: 'inference',
  });
  new Namespace(chart, 'namespace', { name: 'inference', quota: { 'requests.nvidia.com/gpu': 8 } });
  new ModelServer(chart, 'llama', {
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    host: 'llama.models.example',
    servers: { min: 1, max: 8 },
    prometheus: 'http://prometheus.monitoring:9090',
  });
  return app;
}

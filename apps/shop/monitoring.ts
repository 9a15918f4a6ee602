import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Peer } from 'seaworthy';

/** Prometheus collects the metrics of pods, and is let in to do so. */
export class Monitoring extends Construct {
  /**
   * @param port number of the port `metrics`
   */
  constructor(scope: Construct, id: string, { matchLabels }: Peer, port: number) {
    super(scope, id);
    new ApiObject(this, 'Default', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port: 'metrics' }] },
    });
    const prometheus = kplus.Namespaces.select(this, 'prometheus', {
      labels: { 'kubernetes.io/metadata.name': 'monitoring' },
    });
    new kplus.NetworkPolicy(this, 'access', {
      selector: kplus.Pods.select(this, 'pods', { labels: { ...matchLabels } }),
      ingress: { rules: [{ peer: prometheus, ports: [kplus.NetworkPolicyPort.tcp(port)] }] },
    });
  }
}

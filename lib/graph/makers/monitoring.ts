import { service, type Maker } from './maker';

const SOURCE = 'https://github.com/prometheus-operator/prometheus-operator/tree/main/pkg';

/** The servers of prometheus-operator, with the folder of their source and the Service that governs their pods. */
const GOVERNED = [
  ['Alertmanager', 'alertmanager', 'alertmanager-operated'],
  ['Prometheus', 'prometheus/server', 'prometheus-operated'],
  ['PrometheusAgent', 'prometheus/agent', 'prometheus-agent-operated'],
  ['ThanosRuler', 'thanos', 'thanos-ruler-operated'],
] as const;

/** The Services that prometheus-operator makes: one for all servers of a kind in a namespace that name none of their own. */
export const monitoringMakers: readonly Maker[] = GOVERNED.map(([kind, folder, name]) => ({
  kind: `monitoring.coreos.com/${kind}`,
  source: `${SOURCE}/${folder}/statefulset.go`,
  makes: (object, _name, namespace) =>
    object.at('spec', 'serviceName').isSet ? [] : [{ target: service(name, namespace) }],
}));

import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { ConfigurationProps } from './configuration';
import { Configuration, CONFIGURATION_SHAPES } from './configuration';
import { propsShape } from '../core/kubernetes-words';
import { isRecord, nonEmptyRecord, optional } from '../core/props';
import { flag, text } from '../core/shapes';

/** Props of a Secret. */
export interface SecretProps extends ConfigurationProps {
  /** Type, such as `kubernetes.io/tls`. @default 'Opaque', set by the API server */
  readonly type?: string;
  /**
   * Whether its values may be written to the rendered files, where everyone who can read the repository can read them.
   * Without it, synth reports a Secret with values (LITERAL_SECRET). @default false
   */
  readonly unsafe?: boolean;
}

const PROPS = propsShape<SecretProps>(
  { ...CONFIGURATION_SHAPES, type: text, unsafe: flag },
  { stringData: '`data`, in plain text' },
);

/**
 * A Secret whose values are written to the rendered files. Prefer an ExternalSecret, which fetches them in the cluster, or
 * `existing('Secret', name)`, which refers to a Secret that the cluster has.
 *
 * | object | when | why |
 * |---|---|---|
 * | Secret | always | holds the values for pods |
 */
export class Secret extends Configuration<SecretProps, Patches['Secret']> {
  constructor(scope: Construct, id: string, props: SecretProps = {}) {
    super(scope, id, props, {
      kind: 'Secret',
      shape: PROPS,
      render: ({ values }) => {
        const data: Record<string, string> = {};
        for (const [key, value] of values) data[key] = Buffer.from(value).toString('base64');
        return { ...nonEmptyRecord('data', data), ...optional('type', props.type) };
      },
      check: (object, report) => {
        const literal = isRecord(object['data']) || isRecord(object['stringData']);
        if (!literal || props.unsafe === true) return;
        const message = 'the values of this Secret would be readable in the rendered files';
        const hint =
          'Use an ExternalSecret, refer to a Secret in the cluster by existing("Secret", name), or set `unsafe: true`.';
        report({ code: 'LITERAL_SECRET', path: 'data', message, hint });
      },
    });
  }
}

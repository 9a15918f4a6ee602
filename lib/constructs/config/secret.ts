import type { Construct } from 'constructs';
import type { ConfigurationProps } from './configuration';
import { Configuration, CONFIGURATION_KEYS } from './configuration';
import type { Keys } from '../core/props';
import { isRecord, nonEmptyRecord, optional } from '../core/props';

/** What a Secret is made with. */
export interface SecretProps extends ConfigurationProps {
  /** Type, such as `kubernetes.io/tls`. @default 'Opaque', as the API server fills in */
  readonly type?: string;
  /**
   * Says that its values may stand in the rendered files, where everyone who reads the repository reads them.
   * Without it a Secret with values is an error (LITERAL_SECRET). @default false
   */
  readonly unsafe?: boolean;
}

const KEYS: Keys<SecretProps> = { ...CONFIGURATION_KEYS, type: true, unsafe: true };

/**
 * A Secret whose values are written into the rendered files. That is rarely what you want: an ExternalSecret fetches
 * them in the cluster, and `existing('Secret', name)` refers to one that is there already.
 */
export class Secret extends Configuration<SecretProps> {
  constructor(scope: Construct, id: string, props: SecretProps = {}) {
    super(scope, id, props, {
      kind: 'Secret',
      keys: KEYS,
      render: ({ values }) => {
        const data: Record<string, string> = {};
        for (const [key, value] of values) data[key] = Buffer.from(value).toString('base64');
        return { ...nonEmptyRecord('data', data), ...optional('type', props.type) };
      },
      check: (object, report) => {
        const literal = isRecord(object['data']) || isRecord(object['stringData']);
        if (!literal || props.unsafe === true) return;
        const message = 'the values of this Secret would stand in the rendered files for all to read';
        const hint =
          'Use an ExternalSecret, refer to a Secret in the cluster by existing("Secret", name), or say `unsafe: true`.';
        report({ code: 'LITERAL_SECRET', path: 'data', message, hint });
      },
    });
  }
}

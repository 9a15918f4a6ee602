import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { ConfigurationProps } from './configuration';
import { Configuration, CONFIGURATION_SHAPES } from './configuration';
import { asText } from './content';
import { propsShape } from '../core/kubernetes-words';
import { nonEmptyRecord } from '../core/props';

/** Props of a ConfigMap. */
export type ConfigMapProps = ConfigurationProps;

const PROPS = propsShape<ConfigMapProps>(CONFIGURATION_SHAPES);

/** Configuration that is not secret, from values, files or a folder. Binary content is kept byte for byte.
 *
 * | object | when | why |
 * |---|---|---|
 * | ConfigMap | always | holds the configuration for pods |
 */
export class ConfigMap extends Configuration<ConfigMapProps, Patches['ConfigMap']> {
  constructor(scope: Construct, id: string, props: ConfigMapProps = {}) {
    super(scope, id, props, {
      kind: 'ConfigMap',
      shape: PROPS,
      render: ({ values }) => {
        const data: Record<string, string> = {};
        const binaryData: Record<string, string> = {};
        for (const [key, value] of values) {
          const text = asText(value);
          if (text === undefined) binaryData[key] = Buffer.from(value).toString('base64');
          else data[key] = text;
        }
        return { ...nonEmptyRecord('binaryData', binaryData), ...nonEmptyRecord('data', data) };
      },
    });
  }
}

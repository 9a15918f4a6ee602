import type { CheckedField } from '../../checked-field';
import { OMITTED } from '../../error-body';
import type { KindRule } from '../kind-rule';
import { keyName } from './config-map';
import { bytesOf, MAX_BYTES } from './sizes';

const ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name';

/** Required keys by Secret type. */
const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSecret 1.36 */
export const secret: KindRule = {
  kind: '/Secret',
  about: 'Keys, size, and what each type has to hold.',
  check(object) {
    const data = contentOf(object);
    let size = 0;
    for (const [key, bytes] of data) {
      keyName(object.child('data').key(key));
      size += bytes.length;
    }
    if (size > MAX_BYTES) object.child('data').tooLong(MAX_BYTES);
    ofType(object, data);
  },
};

/**
 * The data that the server stores: `data`, overridden by `stringData`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret 1.36
 */
function contentOf(object: CheckedField): ReadonlyMap<string, Buffer> {
  const content = new Map<string, Buffer>();
  for (const entry of object.child('data').entries) content.set(entry.name, bytesOf(entry));
  for (const entry of object.child('stringData').entries) content.set(entry.name, Buffer.from(entry.text));
  return content;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateSecret 1.36 */
function ofType(object: CheckedField, data: ReadonlyMap<string, Buffer>): void {
  const type = object.child('type').text;
  const at = (key: string): CheckedField => object.child('data').key(key);
  for (const key of REQUIRED_KEYS.get(type) ?? []) {
    const bytes = data.get(key);
    if (bytes === undefined) at(key).required(`must be set when the type is ${type}`);
    else if (key.startsWith('.') && !isJsonObject(bytes))
      at(key).holding(OMITTED).invalid('must be a JSON object');
  }
  switch (type) {
    case 'kubernetes.io/service-account-token': {
      const account = object.child('metadata').child('annotations').key(ACCOUNT_ANNOTATION);
      if (account.text === '') account.required('must name the ServiceAccount of the token');
      return;
    }
    case 'kubernetes.io/basic-auth':
      if (data.has('username') || data.has('password')) return;
      for (const key of ['username', 'password']) at(key).required('username or password is required');
      return;
    case 'kubernetes.io/ssh-auth':
      if ((data.get('ssh-privatekey')?.length ?? 0) === 0) at('ssh-privatekey').required();
  }
}

/** Whether Go decodes bytes as JSON into a map; `null` is an empty map. */
function isJsonObject(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

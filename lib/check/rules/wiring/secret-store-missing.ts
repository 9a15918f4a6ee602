import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const secretStoreMissing: Rule = {
  name: 'wiring/secret-store-missing',
  severity: 'error',
  about: 'Finds ExternalSecrets of a SecretStore that is not there.',
  why: 'The Secret is never made, and the pods that need it do not start.',
  example: {
    failing: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault }
spec: { provider: { fake: { data: [] } } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login }
spec: { secretStoreRef: { name: valut }, data: [{ secretKey: password, remoteRef: { key: db } }] }
`,
    passing: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault }
spec: { provider: { fake: { data: [] } } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login }
spec: { secretStoreRef: { name: vault }, data: [{ secretKey: password, remoteRef: { key: db } }] }
`,
  },
  run: targetMissing('secret-store'),
};

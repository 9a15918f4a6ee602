import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const volumeMissing: Rule = {
  name: 'wiring/volume-missing',
  severity: 'error',
  about: 'Finds claims for a PersistentVolume by name that is not there.',
  why: 'The claim stays pending, and so do the pods that mount it.',
  example: {
    failing: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
  volumeName: disk-1
`,
    passing: `
apiVersion: v1
kind: PersistentVolume
metadata: { name: disk-1 }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  nfs: { server: nfs.example, path: /data }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
  volumeName: disk-1
`,
  },
  run: targetMissing('volume'),
};

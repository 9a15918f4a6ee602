import { isPlainRecord, type PlainRecord } from '../../../manifest/data';

/** The only version of the kind since Kubernetes 1.22. */
export const API_VERSION = 'apiextensions.k8s.io/v1';
export const KIND = 'CustomResourceDefinition';

/** Whether an object is a CustomResourceDefinition; known without what reads one. */
export function isDefinition(object: unknown): object is PlainRecord {
  return isPlainRecord(object) && object['apiVersion'] === API_VERSION && object['kind'] === KIND;
}

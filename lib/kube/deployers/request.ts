import { ARGO_OPTIONS, argoOptions, firstOf, type Marks, type Rows } from './marks';

const REPLACED: Rows = [['Argo CD', argoOptions('Replace=true')]];
const SERVER_SIDE: Rows = [['Argo CD', argoOptions('ServerSideApply=true')]];
const CLIENT_SIDE: Rows = [['Argo CD', argoOptions('ServerSideApply=false')]];

/**
 * The request by which an object with these marks is changed, whatever that is for others: `replace` sends the whole object.
 *
 * Source: `applyObject` and `shouldUseServerSideApply` of gitops-engine.
 */
export function requestOf(marks: Marks): 'replace' | 'server-side' | 'client-side' | undefined {
  if (marks.annotations?.[ARGO_OPTIONS] === undefined) return undefined;
  if (firstOf(REPLACED, marks) !== undefined) return 'replace';
  if (firstOf(CLIENT_SIDE, marks) !== undefined) return 'client-side';
  return firstOf(SERVER_SIDE, marks) && 'server-side';
}

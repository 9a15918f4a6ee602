import { textAt } from '../fields';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import { recordId, type AppName } from '../owned/record';

/**
 * How applying a revision ended; `pending` while it is applied, or where that was interrupted. `rolled-back` if it failed,
 * and what was there before was brought back.
 */
export type RevisionState = 'pending' | 'applied' | 'failed' | 'rolled-back';

/** What an application was at some time: a set of objects that was applied. */
export interface Revision {
  /** From 1, in the order of applying. */
  readonly revision: number;
  readonly state: RevisionState;
  /** When it was first applied, as RFC 3339, by the clock of the server. */
  readonly at: string;
  /** The user, as the server names them: `system:serviceaccount:ci:deployer`. Absent if it does not say. */
  readonly by?: string;
  /** Where the objects came from: `git 3f2a9c1`. */
  readonly origin?: string;
  /** The version of Seaworthy that applied it first. Absent if it did not say. */
  readonly version?: string;
  /** How many objects it has. */
  readonly objects: number;
  /** What became of objects, by effect: `{ created: 2, updated: 1 }`. */
  readonly changes: Readonly<Record<string, number>>;
}

/** How a revision may have ended. */
const ENDED = ['applied', 'failed', 'rolled-back'] as const;

/** Type of the Secrets that hold revisions. */
export const REVISION_TYPE = 'seaworthy.dev/revision';

/** Labels of these Secrets. */
export const LABEL = {
  application: 'seaworthy.dev/application',
  revision: 'seaworthy.dev/revision',
  /** 0 for the one that says what the revision is, which is written last. */
  part: 'seaworthy.dev/part',
} as const;

const ANNOTATION = {
  state: 'seaworthy.dev/state',
  by: 'seaworthy.dev/by',
  origin: 'seaworthy.dev/origin',
  version: 'seaworthy.dev/version',
  objects: 'seaworthy.dev/objects',
  changes: 'seaworthy.dev/changes',
  parts: 'seaworthy.dev/parts',
  digest: 'seaworthy.dev/digest',
} as const;

/** Selects the Secrets of an application's revisions. */
export function selectorOf({ name }: AppName): string {
  return `${LABEL.application}=${name},${LABEL.revision}`;
}

/** The Secret of a part of a revision. */
export function partId(
  app: AppName,
  revision: number,
  part: number,
): ObjectId & { readonly namespace: string } {
  const record = recordId(app);
  return { ...record, name: `${record.name}.v${revision}${part === 0 ? '' : `.${part}`}` };
}

/** The labels of a part of a revision. */
export function labelsOf({ name }: AppName, revision: number, part: number): Record<string, string> {
  return { [LABEL.application]: name, [LABEL.revision]: String(revision), [LABEL.part]: String(part) };
}

/** The annotations that say what a revision is. */
export function annotationsOf(
  { state, by, origin, version, objects, changes }: Omit<Revision, 'revision' | 'at'>,
  content: { readonly parts: number; readonly digest: string },
): Record<string, string> {
  return {
    [ANNOTATION.state]: state,
    ...(by !== undefined && { [ANNOTATION.by]: by }),
    ...(origin !== undefined && { [ANNOTATION.origin]: origin }),
    ...(version !== undefined && { [ANNOTATION.version]: version }),
    [ANNOTATION.objects]: String(objects),
    [ANNOTATION.changes]: JSON.stringify(changes),
    [ANNOTATION.parts]: String(content.parts),
    [ANNOTATION.digest]: content.digest,
  };
}

/** The annotation that says how a revision ended. */
export function stateMark(state: RevisionState): Record<string, string> {
  return { [ANNOTATION.state]: state };
}

/** A revision as its first Secret says; undefined for any other Secret. */
export function revisionIn(secret: KubeObject): Revision | undefined {
  const { metadata } = secret;
  const { revision, part } = placeOf(secret);
  if (part !== 0 || revision === undefined) return undefined;
  const said = (name: string): string => metadata.annotations?.[name] ?? '';
  const [state, by, origin] = [said(ANNOTATION.state), said(ANNOTATION.by), said(ANNOTATION.origin)];
  const version = said(ANNOTATION.version);
  return {
    revision,
    state: ENDED.find((each) => each === state) ?? 'pending',
    at: textAt(secret, 'metadata', 'creationTimestamp'),
    ...(by !== '' && { by }),
    ...(origin !== '' && { origin }),
    ...(version !== '' && { version }),
    objects: Number(said(ANNOTATION.objects)) || 0,
    changes: countsIn(said(ANNOTATION.changes)),
  };
}

/** Which part of which revision a Secret is. */
export function placeOf({ metadata: { labels } }: KubeObject): {
  readonly revision: number | undefined;
  readonly part: number;
} {
  const revision = Number(labels?.[LABEL.revision]);
  return {
    revision: Number.isInteger(revision) && revision > 0 ? revision : undefined,
    part: Number(labels?.[LABEL.part]),
  };
}

/** How many Secrets a revision has, and the digest of what they hold together. */
export function contentOf({ metadata: { annotations } }: KubeObject): {
  readonly parts: number;
  readonly digest: string;
} {
  return {
    parts: Number(annotations?.[ANNOTATION.parts]) || 1,
    digest: annotations?.[ANNOTATION.digest] ?? '',
  };
}

function countsIn(text: string): Record<string, number> {
  try {
    const counts = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return Object.fromEntries(counts.filter((pair): pair is [string, number] => typeof pair[1] === 'number'));
  } catch {
    return {};
  }
}

import type { KubeObject } from '../../manifest/manifest';

/**
 * The stages that pipelines are made of, with the fields that Spinnaker reads.
 *
 * Sources: `DeployManifestContext`, `ManualJudgmentStage`, `CheckPreconditionsStage`, `OptionalStageSupport` and `failureStatus`
 * of Spinnaker's orca; `KubernetesUndoRolloutManifestDescription` of its clouddriver; the stages of its deck.
 */
export interface Stage {
  readonly type: 'checkPreconditions' | 'deployManifest' | 'manualJudgment' | 'undoRolloutManifest';
  readonly name: string;
  /** What other stages call it. */
  readonly refId: string;
  /** The stages that it waits for. */
  readonly requisiteStageRefIds: readonly string[];
  readonly [field: string]: unknown;
}

/** Where a stage is in its pipeline. */
export interface Position {
  readonly name: string;
  readonly refId: string;
  readonly after: readonly string[];
}

/** A failure ends the pipeline. */
const FAILS = { failPipeline: true, continuePipeline: false, completeOtherBranchesThenFail: false };

/** A failure does not end it: later stages run, and see it. */
const GOES_ON = { failPipeline: false, continuePipeline: true, completeOtherBranchesThenFail: false };

function at({ name, refId, after }: Position): Pick<Stage, 'name' | 'refId' | 'requisiteStageRefIds'> {
  return { name, refId, requisiteStageRefIds: after };
}

function enabledIf(expression: string | undefined): { readonly stageEnabled?: unknown } {
  return expression === undefined ? {} : { stageEnabled: { type: 'expression', expression } };
}

/** What a stage deploys, and where to. */
export interface Deploy {
  readonly application: string;
  readonly account: string;
  readonly manifests: readonly KubeObject[];
  /** The expected artifacts that it binds. */
  readonly artifacts: readonly string[];
  /** The stage that has to have succeeded. @default it is the first one */
  readonly previous: string | undefined;
}

/**
 * Deploy (Manifest), with the objects as they are: what looks like an expression in them is none. Orca honors that with version 4
 * of its evaluator only. Labels of pods stay those of the code.
 */
export function deployManifest(position: Position, deploy: Deploy): Stage {
  const { application, account, manifests, artifacts, previous } = deploy;
  return {
    type: 'deployManifest',
    ...at(position),
    ...enabledIf(previous === undefined ? undefined : hasSucceeded(previous)),
    account,
    cloudProvider: 'kubernetes',
    moniker: { app: application },
    source: 'text',
    skipExpressionEvaluation: true,
    skipSpecTemplateLabels: true,
    ...GOES_ON,
    ...(artifacts.length > 0 && { requiredArtifactIds: artifacts }),
    manifests,
  };
}

/** A Deployment that may be rolled back. */
export interface Undo {
  readonly account: string;
  readonly namespace: string;
  readonly name: string;
  /** The stage that deploys it. */
  readonly deployedBy: string;
  /** The last stage of the environment, which has succeeded only if all have. */
  readonly last: string;
}

/**
 * Undo Rollout (Manifest), to the revision that ran before the pipeline: kubectl prints the object as it was found, with that
 * revision, and undoes nothing where it still runs. A number of revisions back would count on this pipeline having made one.
 *
 * The outputs of the stage are asked, since its context would answer with those of an earlier one.
 */
export function undoRollout(position: Position, undo: Undo): Stage {
  const { account, namespace, name, deployedBy, last } = undo;
  const revision = revisionBefore(undo, deployedBy);
  return {
    type: 'undoRolloutManifest',
    ...at(position),
    ...enabledIf(`!${hasSucceeded(last)} && ${revision} != null`),
    account,
    cloudProvider: 'kubernetes',
    mode: 'static',
    location: namespace,
    manifestName: `deployment ${name}`,
    revision: `\${${revision}}`,
    ...GOES_ON,
  };
}

/** Ends the pipeline unless all of an environment is deployed. */
export function checkDeployed(position: Position, last: string): Stage {
  const context = { expression: hasSucceeded(last), failureMessage: 'Not everything was deployed' };
  return {
    type: 'checkPreconditions',
    ...at(position),
    preconditions: [{ type: 'expression', context, failPipeline: true }],
    ...FAILS,
  };
}

/** Waits until somebody agrees. */
export function manualJudgment(position: Position, instructions: string): Stage {
  return {
    type: 'manualJudgment',
    ...at(position),
    instructions,
    judgmentInputs: [],
    notifications: [],
    ...FAILS,
  };
}

function hasSucceeded(stage: string): string {
  return `#stageByRefId('${stage}').hasSucceeded`;
}

const REVISION = `metadata.annotations['deployment.kubernetes.io/revision']`;

function revisionBefore({ namespace, name }: Pick<Undo, 'namespace' | 'name'>, stage: string): string {
  const isIt = [
    `kind == 'Deployment'`,
    `metadata.namespace == ${quoted(namespace)}`,
    `metadata.name == ${quoted(name)}`,
    'metadata.annotations != null',
    `${REVISION} != null`,
  ];
  const manifests = `#stageByRefId('${stage}').outputs['outputs.manifests']`;
  return `${manifests}?.?[${isIt.join(' && ')}]?.![${REVISION}]?.^[#this != null]`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The fields of a pipeline that Spinnaker reads, with their types, written from the sources of release 2026.2.3: `required` are
 * those without which it refuses the pipeline or a stage.
 */
type Type = 'string' | 'text' | 'boolean' | 'strings' | Fields | { readonly each: Fields | 'any' };

interface Fields {
  readonly source: string;
  readonly required: Readonly<Record<string, Type>>;
  readonly optional?: Readonly<Record<string, Type>>;
}

const ARTIFACT: Fields = {
  source: 'kork: artifacts/model/Artifact.java; "Docker Image" in the reference of artifacts',
  required: { type: 'text', name: 'text' },
  optional: { version: 'text', reference: 'text' },
};

const EXPECTED_ARTIFACT: Fields = {
  source: 'kork: artifacts/model/ExpectedArtifact.java; deck: core/src/domain/IExpectedArtifact.ts',
  required: {
    id: 'text',
    matchArtifact: ARTIFACT,
    defaultArtifact: ARTIFACT,
    useDefaultArtifact: 'boolean',
    usePriorArtifact: 'boolean',
  },
  optional: { displayName: 'text' },
};

export const PIPELINE: Fields = {
  source: 'spin: cmd/pipeline/save.go; deck: core/src/domain/IPipeline.ts',
  required: { application: 'text', name: 'text', stages: { each: 'any' } },
  optional: {
    schema: 'text',
    description: 'string',
    spelEvaluator: 'text',
    limitConcurrent: 'boolean',
    keepWaitingPipelines: 'boolean',
    locked: {
      source: 'deck: core/src/domain/IPipeline.ts',
      required: { ui: 'boolean' },
      optional: { allowUnlockUi: 'boolean', description: 'string' },
    },
    triggers: { each: 'any' },
    notifications: { each: 'any' },
    parameterConfig: { each: 'any' },
    expectedArtifacts: { each: EXPECTED_ARTIFACT },
  },
};

const STAGE: Fields = {
  source: 'deck: core/src/domain/IStage.ts; orca: OptionalStageSupport.java, ext/Stage.kt',
  required: { type: 'text', name: 'text', refId: 'text', requisiteStageRefIds: 'strings' },
  optional: {
    failPipeline: 'boolean',
    continuePipeline: 'boolean',
    completeOtherBranchesThenFail: 'boolean',
    stageEnabled: {
      source: 'orca: OptionalStageSupport.java',
      required: { type: 'text', expression: 'text' },
    },
  },
};

export const STAGES: Readonly<Record<string, Fields>> = {
  deployManifest: {
    source:
      'orca: DeployManifestContext.java, DeployManifestStage.java; clouddriver: KubernetesDeployManifestDescription.java; "Deploy Kubernetes Manifests" in the guides',
    required: {
      account: 'text',
      cloudProvider: 'text',
      moniker: { source: 'clouddriver: moniker/Moniker.java', required: { app: 'text' } },
      source: 'text',
      manifests: { each: 'any' },
    },
    optional: {
      requiredArtifactIds: 'strings',
      skipExpressionEvaluation: 'boolean',
      skipSpecTemplateLabels: 'boolean',
    },
  },
  undoRolloutManifest: {
    source:
      'clouddriver: KubernetesUndoRolloutManifestDescription.java and its validator; deck: UndoRolloutManifestStageForm.tsx',
    required: {
      account: 'text',
      cloudProvider: 'text',
      location: 'text',
      manifestName: 'text',
      revision: 'text',
    },
    optional: { mode: 'text' },
  },
  manualJudgment: {
    source:
      'orca: ManualJudgmentStage.groovy, schemas/manualJudgment.json; deck: ManualJudgmentStageConfig.tsx',
    required: {},
    optional: { instructions: 'string', judgmentInputs: { each: 'any' }, notifications: { each: 'any' } },
  },
  checkPreconditions: {
    source:
      'orca: CheckPreconditionsStage.java, ExpressionPreconditionTask.java; deck: PreconditionSelector.tsx',
    required: {
      preconditions: {
        each: {
          source: 'deck: preconditionTypes.ts',
          required: {
            type: 'text',
            context: {
              source: 'orca: ExpressionPreconditionTask.java',
              required: { expression: 'text' },
              optional: { failureMessage: 'text' },
            },
          },
          optional: { failPipeline: 'boolean' },
        },
      },
    },
  },
};

/** What Spinnaker would not read, or not find, in a pipeline: a line each. */
export function faultsIn(pipeline: Readonly<Record<string, unknown>>): readonly string[] {
  const stages = (pipeline['stages'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return [
    ...faults(pipeline, [PIPELINE], 'pipeline'),
    ...stages.flatMap((stage) => {
      const own = STAGES[String(stage['type'])];
      return own === undefined
        ? [`${String(stage['name'])}: no stage of Spinnaker`]
        : faults(stage, [STAGE, own], String(stage['name']));
    }),
  ];
}

function faults(value: unknown, fields: readonly Fields[], place: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: no object`];
  const required = Object.assign({}, ...fields.map((each) => each.required)) as Record<string, Type>;
  const known = {
    ...required,
    ...(Object.assign({}, ...fields.map((each) => each.optional)) as typeof required),
  };
  return [
    ...Object.keys(required).flatMap((key) => (key in value ? [] : [`${place}.${key}: required`])),
    ...Object.entries(value).flatMap(([key, each]) => {
      const type = known[key];
      return type === undefined ? [`${place}.${key}: unknown`] : ofType(each, type, `${place}.${key}`);
    }),
  ];
}

function ofType(value: unknown, type: Type, place: string): readonly string[] {
  if (typeof type === 'string') {
    const isRight =
      type === 'strings'
        ? Array.isArray(value) && value.every((each) => typeof each === 'string')
        : typeof value === (type === 'boolean' ? 'boolean' : 'string') && !(type === 'text' && value === '');
    return isRight ? [] : [`${place}: no ${type}`];
  }
  if (!('each' in type)) return faults(value, [type], place);
  if (!Array.isArray(value)) return [`${place}: no list`];
  const { each } = type;
  return each === 'any'
    ? []
    : value.flatMap((one: unknown, index) => faults(one, [each], `${place}[${index}]`));
}

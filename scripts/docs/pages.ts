import { admissionKinds } from './admission-kinds';
import { consequences, failures } from './consequences';
import { clouds } from './clouds';
import { checkFormats, commands, options, planFormats } from './command-line';
import { constructs } from './constructs';
import { customKinds } from './custom-kinds';
import { fitStory } from './fit-story';
import { immutableFields } from './immutable-fields';
import { aroundPicture, connectionsPicture } from './pictures';
import { planStory } from './plan-stories';
import { releaseChanges, STEPS } from './release-changes';
import { releaseTable } from './release-table';
import { rules } from './rules';
import type { Sections } from './sections';

/** A page of the reference, and the parts of it that are generated. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly sections: Sections;
}

export const PAGES: readonly Page[] = [
  { path: 'docs/dependencies.md', sections: { 'custom-kinds': customKinds } },
  { path: 'docs/guide/check.md', sections: { formats: checkFormats } },
  { path: 'docs/guide/command-line.md', sections: { commands, options } },
  { path: 'docs/guide/connections.md', sections: { picture: connectionsPicture } },
  { path: 'docs/guide/fit.md', sections: { story: fitStory } },
  { path: 'docs/guide/graph.md', sections: { picture: aroundPicture } },
  {
    path: 'docs/guide/plan.md',
    sections: {
      image: () => planStory('image'),
      volume: () => planStory('volume'),
      rename: () => planStory('rename'),
      hashed: () => planStory('hashed'),
      failures,
      formats: planFormats,
    },
  },
  { path: 'docs/guide/profiles.md', sections: { clouds } },
  { path: 'docs/reference/admission.md', sections: { kinds: admissionKinds } },
  { path: 'docs/reference/constructs.md', sections: { constructs } },
  { path: 'docs/reference/plan.md', sections: { consequences, fields: immutableFields } },
  { path: 'docs/reference/rules.md', sections: { rules } },
  { path: 'docs/reference/releases.md', sections: { releases: releaseTable } },
  ...STEPS.map((step) => ({
    path: `docs/reference/releases/${step.release}.md`,
    sections: { changes: () => releaseChanges(step) },
  })),
];

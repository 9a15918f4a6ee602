import { TARGETS } from './registry';
import type { TargetChoice } from './target';

/** What the output is, for whoever finds it in a repository. */
export function readme(targets: readonly TargetChoice[]): string {
  const list = targets.map(({ name, environments }) => {
    const about = TARGETS.find((each) => each.name === name)?.about ?? '';
    const where = environments === undefined ? '' : `, for ${[...environments].sort().join(', ')}`;
    return `- \`${name}\`: ${about}${where}`;
  });
  return `# Generated manifests

\`seaworthy synth\` writes the files here that \`.seaworthy\` lists. Do not edit them: the next run overwrites them. Change the
code of the app, run \`seaworthy synth\` and commit the result; \`seaworthy synth --check\` fails where that was forgotten. Other
files in this folder are left as they are.

${list.sort().join('\n')}
`;
}

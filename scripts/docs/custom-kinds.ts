import sources from '../custom/sources.json';
import { knownKind } from '../../lib/kube/custom/catalog';
import { software, type Software } from '../../lib/kube/custom/software';

/** The software whose custom kinds are known, a row each. */
export function customKinds(): string {
  const rows = sources.map(({ software: name, name: title, repository, license, kinds }) => {
    const { groups, releases } = software[name as Software];
    const known = kinds.filter((kind) => groups.some((group) => knownKind(group, kind)?.software === name));
    return `| [${title}](https://github.com/${repository}) | ${releases[0]} to ${releases.at(-1)} | ${license} | ${known.join(', ')} |`;
  });
  return ['| software | releases | license | kinds |', '|---|---|---|---|', ...rows].join('\n');
}

import { parseSource } from '../../manifest/source';
import { jsonText } from '../escape/json';
import type { UpgradePrinter } from './report';

/** Incremented when a field is removed or changes its meaning; fields may be added at any time. */
const FORMAT_VERSION = 1;

/** For programs: the fields are stable, and described in docs/guide/upgrade.md. */
export const json: UpgradePrinter = ({ version, parts }) =>
  jsonText({
    version: FORMAT_VERSION,
    seaworthy: version,
    clusters: parts.map(({ app, environment, folder, releases, skew, objects }) => ({
      app,
      environment,
      folder,
      releases,
      skew,
      objects: objects.map(({ id, origin, verdicts, first, last, already, changes }) => ({
        object: id,
        construct: origin?.construct,
        source: parseSource(origin?.source),
        first,
        last,
        verdicts: Object.fromEntries(verdicts),
        already,
        changes,
      })),
    })),
  });

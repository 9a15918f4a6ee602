import * as fc from 'fast-check';
import { admit } from '../../../../lib/check/admit';
import { definition, widget, type Plain } from './widgets';
import { effort } from '../../../effort';

const words = fc.constantFrom('a', 'b', 'metadata', '__proto__', 'constructor', 'x y', '');
const keywords: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'object', 'array', 'null', 7),
  default: fc.jsonValue({ maxDepth: 2 }),
  enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
  pattern: fc.constantFrom('^a', '(', '(a*)*b'),
  format: fc.constantFrom('date-time', 'uri', 'email', 'int32', 'x'),
  required: fc.array(words, { maxLength: 2 }),
  minimum: fc.double(),
  multipleOf: fc.double(),
  maxLength: fc.integer(),
  nullable: fc.boolean(),
  'x-kubernetes-preserve-unknown-fields': fc.boolean(),
  'x-kubernetes-embedded-resource': fc.boolean(),
  'x-kubernetes-int-or-string': fc.boolean(),
  'x-kubernetes-list-type': fc.constantFrom('set', 'map', 'atomic'),
  'x-kubernetes-list-map-keys': fc.array(words, { maxLength: 2 }),
  'x-kubernetes-validations': fc.array(
    fc.record({ rule: fc.constantFrom('self.a > 1', 'has(self.b)', '(', 'true') }),
    {
      maxLength: 1,
    },
  ),
};

const leaf: fc.Arbitrary<Plain> = fc.record(keywords, { requiredKeys: [] });

/** Schemas that may make no sense at all. */
const { schema } = fc.letrec<{ schema: Plain }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    leaf,
    fc
      .tuple(
        leaf,
        fc.record(
          {
            properties: fc.dictionary(words, tie('schema'), { maxKeys: 3 }),
            additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
            items: tie('schema'),
            anyOf: fc.array(tie('schema'), { maxLength: 2 }),
            oneOf: fc.array(tie('schema'), { maxLength: 2 }),
            not: tie('schema'),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([own, below]): Plain => ({ ...own, ...below })),
  ),
}));

it('any schema and any object get an answer, and both are left as they were', () => {
  fc.assert(
    fc.property(schema, fc.anything({ withNullPrototype: true }), fc.anything(), (spec, value, metadata) => {
      const crds = [definition(spec)];
      const before = JSON.stringify(crds);
      expect(Array.isArray(admit(crds[0]))).toBe(true);
      expect(Array.isArray(admit(widget(value), { crds }))).toBe(true);
      expect(Array.isArray(admit(widget({ a: value, b: [value] }, { metadata }), { crds }))).toBe(true);
      expect(JSON.stringify(crds)).toBe(before);
      expect(({} as Plain)['polluted']).toBeUndefined();
    }),
    { numRuns: effort(80, 300) },
  );
});

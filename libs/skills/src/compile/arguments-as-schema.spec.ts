import { describe, expect, it } from '@jest/globals';
import { Ajv, type ErrorObject } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { anInput, aWrite, exampleSnapshot } from '../../testing/index.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { compileBinding } from './compile-binding.js';
import type { ArgumentReason } from './read-arguments.js';

/** What a schema has no words for: numbers that can be dialled, HubSpot's narrower idea of an address, who owns records. */
const BEYOND_SCHEMA: readonly ArgumentReason[] = ['not_a_phone_number', 'not_an_email', 'unknown_owner'];

const FIELDS = [
  'firstname',
  'email',
  'phone',
  'score',
  'vip',
  'birthday',
  'seen_at',
  'lifecyclestage',
  'interests',
  'hubspot_owner_id',
];

/** One input of each type: the first is needed, the others may be left out. */
function compiled() {
  const body = aWrite(
    {
      action: 'create',
      object: 'contacts',
      set: FIELDS.map((field) => ({ field, value: { input: field } })),
      associate: [{ to: 'companies', id: { input: 'company_id' } }],
    },
    { inputs: [...FIELDS, 'company_id'].map((name) => anInput(name, { required: name === 'firstname' })) },
  );
  const read = readBinding(body);
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  const validation = validateBinding(read.value, exampleSnapshot());
  if (!validation.valid) throw new Error(JSON.stringify(validation.problems));
  return compileBinding(validation.binding);
}

const letters = (most: number) => fc.stringMatching(new RegExp(`^[a-z0-9äß€]{0,${most}}$`));
const twoDigits = fc
  .oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 0, max: 40 }))
  .map((number) => String(number).padStart(2, '0'));
const day = fc.tuple(fc.integer({ min: 1950, max: 2080 }), twoDigits, twoDigits).map((parts) => parts.join('-'));
const time = fc
  .tuple(
    day,
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.constantFrom('Z', '+02:00', 'Z', '-05:30', 'Z', ''),
  )
  .map(([date, hour, minute, zone]) => {
    const [hours, minutes] = [hour, minute].map((number) => String(number).padStart(2, '0'));
    return `${date}T${hours}:${minutes}:00${zone}`;
  });
const email = fc
  .tuple(letters(8), letters(8), fc.constantFrom('com', 'de', 'org', 'x'))
  .map(([name, host, end]) => `${name.replace(/[äß€]/g, 'x')}@${host.replace(/[äß€]/g, 'x')}.${end}`);
const anything = fc.oneof(
  letters(4),
  fc.integer(),
  fc.boolean(),
  fc.array(letters(2), { maxLength: 2 }),
  fc.constant({}),
);
const or = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: anything });

const given = fc.record(
  {
    firstname: or(fc.oneof({ weight: 9, arbitrary: letters(20) }, letters(260))),
    email: or(email),
    phone: or(fc.constantFrom('+49 176 1234567', '0176', '00491761234567', 'nobody')),
    score: or(fc.oneof(fc.integer(), fc.float({ noNaN: true, min: -1000, max: 1000 }))),
    vip: or(fc.boolean()),
    birthday: or(day),
    seen_at: or(time),
    lifecyclestage: or(fc.constantFrom('lead', 'customer', 'lead', 'ghost', 'Lead')),
    interests: or(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'a', 'b', 'd'), { maxLength: 3 })),
    hubspot_owner_id: or(fc.constantFrom('ada@example.com', 'nobody@example.com', 'ada')),
    // An id that a model sends as a number is taken for one all the same.
    company_id: or(fc.constantFrom('1', '123456', '42', '7', 'x')).filter((id) => typeof id !== 'number'),
    colour: fc.constantFrom('red', ...Array.from({ length: 9 }, () => undefined)),
  },
  { requiredKeys: [] },
);

describe('arguments', () => {
  it('are taken exactly where the compiled schema takes them', () => {
    const { inputSchema, plan } = compiled();
    const validate = new Ajv({ strict: true, allErrors: true, formats: fullFormats }).compile(inputSchema);
    const counted = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(given, ({ colour, ...rest }) => {
        const sent = colour === undefined ? rest : { ...rest, colour };
        const planned = plan(sent, { defaultCountry: 'DE' });
        const problems = planned.planned ? [] : planned.problems;
        const bySchema = validate(sent);
        const wrong = new Set((validate.errors ?? []).map(inputOf));
        const refused = new Set(problems.map(({ input }) => input));
        const refusedInVain = problems.filter(
          ({ input, reason }) => !wrong.has(input) && !BEYOND_SCHEMA.includes(reason),
        );
        expect({ sent, overlooked: [...wrong].filter((input) => !refused.has(input)), refusedInVain }).toEqual({
          sent,
          overlooked: [],
          refusedInVain: [],
        });
        counted[bySchema ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(counted.taken).toBeGreaterThan(50);
    expect(counted.refused).toBeGreaterThan(50);
  });
});

/** Which one a finding of the schema is about. */
function inputOf({ instancePath, params }: ErrorObject): string | undefined {
  const named = params as { missingProperty?: string; additionalProperty?: string };
  return named.missingProperty ?? named.additionalProperty ?? instancePath.split('/')[1];
}

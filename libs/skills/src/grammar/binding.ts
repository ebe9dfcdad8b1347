import { z } from 'zod';

/** Of tools and their inputs: what MCP clients, OpenAPI and every model provider take. */
const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** HubSpot's cap of a text value, in UTF-16 units. */
const LONGEST_TEXT = 65_536;
export const DEFAULT_MAX_LENGTH = 200;

export const INPUT_TYPES = [
  'text',
  'email',
  'phone',
  'number',
  'boolean',
  'date',
  'datetime',
  'option',
  'options',
  'id',
  'owner',
] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** What a write may be tied to. */
const ASSOCIABLE = ['contacts', 'companies', 'deals', 'tickets'] as const;

const name = z.string().regex(NAME, 'must be lower-case letters, digits and _, 1 to 64 of them, a letter first');
const field = z.string().min(1).max(200);
const text = z.string().min(1).max(LONGEST_TEXT);

const constant = z.union([text, z.number(), z.boolean(), z.array(text).min(1).max(100)], {
  error: 'must be text, a number, true or false, or a list of texts',
});

const operand = z.union([z.strictObject({ constant }), z.strictObject({ input: z.string() })], {
  error: 'must be { "constant": … } or { "input": "name" }',
});

const optional = z.boolean().optional().describe('Only this filter goes when its input is left out, not its group');

const filterField = field.describe(
  'A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN',
);

const filter = z.discriminatedUnion(
  'operator',
  [
    z.strictObject({
      field: filterField,
      operator: z.enum(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN']),
      value: operand,
      optional,
    }),
    z.strictObject({
      field: filterField,
      operator: z.literal('BETWEEN'),
      value: operand,
      highValue: operand,
      optional,
    }),
    z.strictObject({
      field: filterField,
      operator: z.enum(['IN', 'NOT_IN']),
      values: z.array(operand).min(1).max(100),
      optional,
    }),
    z.strictObject({ field: filterField, operator: z.enum(['HAS_PROPERTY', 'NOT_HAS_PROPERTY']) }),
  ],
  {
    error:
      'must be one of EQ, NEQ, LT, LTE, GT, GTE, BETWEEN, IN, NOT_IN, HAS_PROPERTY, NOT_HAS_PROPERTY, CONTAINS_TOKEN, NOT_CONTAINS_TOKEN',
  },
);

const take = z.union(
  [z.enum(['one', 'latest']), z.strictObject({ many: z.int().min(1).max(100), paging: z.boolean().optional() })],
  { error: 'must be "one", "latest" or { "many": 1 to 100 }' },
);

const restSearch = z.strictObject({
  object: z.string().min(1).max(200),
  where: z
    .array(z.array(filter).min(1).max(6))
    .max(5)
    .describe('Groups joined by OR; the filters of a group by AND. Empty: every record'),
  select: z.array(field).min(1).max(50),
  sort: z.strictObject({ field, direction: z.enum(['ascending', 'descending']) }).optional(),
  take,
});

const assignment = z.strictObject({ field, value: operand });

const association = z.strictObject({
  to: z.enum(ASSOCIABLE),
  id: operand,
  label: z.string().min(1).max(200).optional().describe('Left out: the plain tie'),
});

const written = {
  object: z.string().min(1).max(200),
  associate: z.array(association).max(10).default([]),
};

const restWrite = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.literal('create'), ...written, set: z.array(assignment).min(1).max(100) }),
    z.strictObject({
      action: z.literal('update'),
      ...written,
      id: z.strictObject({ input: z.string() }).describe('From an earlier find'),
      set: z.array(assignment).max(100).default([]),
    }),
    z.strictObject({
      action: z.literal('findOrCreate'),
      ...written,
      key: assignment.describe('A unique field, or a contact’s e-mail or phone'),
      set: z.array(assignment).max(100).default([]),
    }),
  ],
  { error: 'must be create, update or findOrCreate' },
);

const input = z.strictObject({
  name,
  type: z.enum(INPUT_TYPES).optional().describe('Left out: that of the field it stands for'),
  description: z.string().min(1).max(500).describe('For the AI agent'),
  required: z.boolean().default(true),
  maxLength: z.int().min(1).max(LONGEST_TEXT).optional().describe(`Of a text; default ${DEFAULT_MAX_LENGTH}`),
  options: z.array(text.max(200)).min(1).max(100).optional().describe('Fewer than the field has'),
});

const mapping = z.strictObject({ input: z.string(), object: z.string(), field });

const shown = z.strictObject({ field, as: name.optional() });

const described = {
  toolName: name,
  description: z.string().min(1).max(1_000).describe('For the AI agent: when to use it'),
  inputs: z.array(input).max(30).default([]),
  inputObjectMap: z.array(mapping).max(60).default([]),
  projection: z.array(shown).min(1).max(50).optional(),
};

const enabled = z.boolean().default(false).describe('Writes are saved disabled whatever is asked for');

const searchBinding = z.strictObject({ ...described, operation: z.literal('restSearch'), restSearch });
const writeBinding = z.strictObject({ ...described, operation: z.literal('restWrite'), restWrite });

const OPERATION = { error: 'must be restSearch or restWrite' };

/** What a binding is, without whether it is switched on. */
export const bindingDefinition = z.discriminatedUnion('operation', [searchBinding, writeBinding], OPERATION);

/** What is sent to make one. */
export const bindingRequest = z.discriminatedUnion(
  'operation',
  [searchBinding.extend({ enabled }), writeBinding.extend({ enabled })],
  OPERATION,
);

/** What is sent to change one: whatever is left out stays. Checked as a whole with the rest. */
export const bindingChange = z
  .strictObject({
    ...described,
    operation: z.enum(['restSearch', 'restWrite']),
    restSearch,
    restWrite,
    enabled: z.boolean(),
    inputs: described.inputs.unwrap(),
    inputObjectMap: described.inputObjectMap.unwrap(),
    projection: described.projection.unwrap().nullable().describe('null: everything selected'),
  })
  .partial();

export type BindingDefinition = z.infer<typeof bindingDefinition>;
export type WriteBinding = z.infer<typeof writeBinding>;
export type RestSearch = z.infer<typeof restSearch>;
export type RestWrite = z.infer<typeof restWrite>;
export type BindingChange = z.infer<typeof bindingChange>;
export type BindingFilter = z.infer<typeof filter>;
export type BindingInput = z.infer<typeof input>;
export type InputMapping = z.infer<typeof mapping>;
export type Operand = z.infer<typeof operand>;
export type Constant = z.infer<typeof constant>;
export type Assignment = z.infer<typeof assignment>;

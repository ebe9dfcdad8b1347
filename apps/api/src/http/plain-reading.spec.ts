import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { IsUppercase, validate } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import * as fc from 'fast-check';
import {
  AddMessagesRequest,
  CloseConversationRequest,
  ConversationBatchRequest,
  ListConversationsQuery,
  NewConversationRequest,
} from '../conversations/conversation.requests.js';
import {
  BooleanField,
  EnumListField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
  TimeField,
} from './fields.js';
import { readPlainly, UNSURE } from './plain-reading.js';

/** The pipe's own, which judge what no reader is sure of. */
const RULES = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

class Part {
  @TextField({ min: 3, max: 5 })
  name!: string;

  @BooleanField({ optional: true, nullable: true })
  flag?: boolean | null;
}

class Everything extends Part {
  @TextField({ optional: true, nullable: true, max: 5 })
  clearable?: string | null;

  @IntegerField({ optional: true, min: 1, max: 9 })
  whole?: number;

  @IntegerField({ optional: true, min: 1, max: 9, fromText: true })
  limit?: number;

  @TimeField({ optional: true, nullable: true })
  at?: Date | null;

  @TextListField({ optional: true, maxItems: 2, max: 3 })
  words?: string[];

  @EnumListField(['a', 'b'], { name: 'Letter', optional: true })
  letters?: string[];

  @ObjectField(() => Part, { optional: true })
  part?: Part;

  @ObjectListField(() => Part, { optional: true, maxItems: 2 })
  parts?: Part[];
}

const VALID = {
  externalId: 'ticket-1',
  channel: 'chat',
  direction: 'inbound',
  customer: { email: 'ada@example.com', phone: '+49 176 1234567', firstName: null },
  agent: { name: 'Grace' },
  subject: null,
  startedAt: '2026-11-21T09:58:00Z',
  closedAt: '2026-11-21T10:00:00.123+01:00',
  messages: [
    { id: 'm1', author: 'customer', text: 'Hello', sentAt: '2026-11-21T09:58:00Z' },
    { author: 'agent', text: '', attachments: [{ name: 'a.pdf', url: 'https://files.example/a.pdf' }] },
  ],
  durationMs: 5,
  callStatus: 'COMPLETED',
};

/** Values at the edges of every rule. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    1,
    9,
    10,
    1.5,
    '5',
    '',
    'a',
    'b',
    'ab',
    'abc',
    'abcdef',
    '\uFE0F',
    '🙂',
    '🙂🙂🙂',
  ),
  fc.constantFrom<unknown>(
    '2026-11-21T10:00:00Z',
    '2026-02-31T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-21',
    '+491761',
    '1234',
  ),
  fc.constantFrom<unknown>('chat', 'inbound', 'customer', 'COMPLETED', 'open', ' 7 ', '0x7', '1e0', Number.NaN),
  fc.constantFrom<unknown>([], {}, ['a'], ['a', 'b', 'a'], [null], [[]], [{}], { name: 'abc' }, [{ name: 'abc' }], {
    x: 1,
  }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A right body with some of its values, at any depth, replaced, added or taken away. */
function bodies(right: unknown, names: readonly string[]): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    name: fc.constantFrom(...names, 'unknown', 'constructor'),
    value: anything,
    kind: fc.nat(3),
  });
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    const body: unknown = structuredClone(right);
    for (const { at, name, value, kind } of changes) {
      const places = objectsIn(body);
      const place = places[at % places.length];
      if (place === undefined) continue;
      const own = Object.keys(place);
      const key = kind < 2 ? (own[at % Math.max(1, own.length)] ?? name) : name;
      if (kind === 0) delete place[key];
      else place[key] = structuredClone(value); // or it could come to stand within itself
    }
    return body;
  });
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

async function byTheRules(type: new () => object, value: object): Promise<{ instance: object; errors: number }> {
  const instance = plainToInstance(type, value);
  return { instance, errors: (await validate(instance, RULES)).length };
}

describe('reading what is plainly right', () => {
  const wholes: [string, new () => object, unknown, string[]][] = [
    ['a conversation', NewConversationRequest, VALID, ['phone', 'email', 'text', 'sentAt', 'durationMs', 'url']],
    ['messages', AddMessagesRequest, { messages: VALID.messages }, ['author', 'text', 'name', 'attachments']],
    [
      'a closing',
      CloseConversationRequest,
      { closedAt: VALID.closedAt, agent: { name: 'A' } },
      ['summary', 'email', 'callStatus'],
    ],
    ['a batch', ConversationBatchRequest, { conversations: [VALID, 5, null] }, ['conversations']],
    ['a query', ListConversationsQuery, { status: 'open', limit: '7' }, ['limit', 'cursor', 'status']],
    [
      'every kind of field',
      Everything,
      {
        name: 'abc',
        flag: null,
        clearable: null,
        whole: 3,
        limit: '4',
        at: null,
        words: ['a'],
        letters: ['a'],
        part: { name: 'abc' },
        parts: [{ name: 'abc', flag: true }],
      },
      ['name', 'flag', 'clearable', 'whole', 'limit', 'at', 'words', 'letters', 'part', 'parts'],
    ],
  ];

  it.each(wholes)('reads %s without asking the rules', async (_name, type, right) => {
    const read = readPlainly(type, right);
    expect(read).not.toBe(UNSURE);
    expect(read).toStrictEqual((await byTheRules(type, right as object)).instance);
  });

  it.each(wholes)('takes of %s only what the rules take, and as they make it', async (_name, type, right, names) => {
    await fc.assert(
      fc.asyncProperty(bodies(right, names), async (body) => {
        const read = readPlainly(type, body);
        if (read === UNSURE) return;
        const { instance, errors } = await byTheRules(type, body as object);
        expect(errors).toBe(0);
        expect(read).toStrictEqual(instance);
      }),
      { numRuns: 1_000 },
    );
  });

  it('asks the rules when a property has one that its reader does not know of', () => {
    class Stacked {
      @IsUppercase()
      @TextField({ max: 5 })
      code!: string;
    }
    class Mixed {
      @TextField({ max: 5 })
      code!: string;

      @IsUppercase()
      other!: string;
    }
    expect(readPlainly(Stacked, { code: 'abc' })).toBe(UNSURE);
    expect(readPlainly(Mixed, { code: 'abc', other: 'ABC' })).toBe(UNSURE);
    expect(readPlainly(String, {})).toBe(UNSURE);
  });

  // A reader can count rules, not transformations: those stay in the one file that declares both.
  it('knows every transformation', () => {
    const root = resolve(import.meta.dirname, '..');
    const users = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('spec.ts') &&
        readFileSync(join(root, file), 'utf8').includes("'class-transformer'"),
    );
    expect(users.toSorted()).toEqual(['http/fields.ts', 'http/validation.ts']);
  });
});

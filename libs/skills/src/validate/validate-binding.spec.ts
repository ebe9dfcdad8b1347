import { describe, expect, it } from '@jest/globals';
import { aField, anInput, anObject, aSearch, aWrite, exampleSnapshot } from '../../testing/index.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from './validate-binding.js';

const snapshot = exampleSnapshot();

/** Path and reason of each problem; empty when the binding holds. */
function refusalsOf(body: unknown, against = snapshot): string[] {
  const read = readBinding(body);
  if (!read.read) return read.problems.map(({ path, reason }) => `${path} ${reason}`);
  const validation = validateBinding(read.value, against);
  return validation.valid ? [] : validation.problems.map(({ path, reason }) => `${path} ${reason}`);
}

const filter = (field: string, operator: string, rest: object = {}) => ({ field, operator, ...rest });
const is = (field: string, constant: unknown) => filter(field, 'EQ', { value: { constant } });
const asks = (field: string, input: string, operator = 'EQ') => filter(field, operator, { value: { input } });
const sets = (field: string, value: object) => ({ field, value });
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

const AT = 'restSearch.where[0][0]';

describe('a search is refused with its place and reason', () => {
  it.each<[string, unknown, string[]]>([
    ['an unknown object', aSearch({ object: 'ghosts' }), ['restSearch.object unknown_object']],
    ['a withheld object', aSearch({ object: 'tickets' }), ['restSearch.object withheld_object']],
    ['an unknown field', aSearch({ where: [[is('nope', 'x')]] }), [`${AT}.field unknown_field`]],
    ['an unknown selected field', aSearch({ select: ['firstname', 'nope'] }), ['restSearch.select[1] unknown_field']],
    [
      'a field selected twice',
      aSearch({ select: ['firstname', 'firstname'] }),
      ['restSearch.select[1] duplicate_field'],
    ],
    [
      'an unknown sort',
      aSearch({ sort: { field: 'x', direction: 'ascending' } }),
      ['restSearch.sort.field unknown_field'],
    ],
    ['a sensitive field, read', aSearch({ select: ['diagnosis'] }), ['restSearch.select[0] sensitive_field']],
    ['a sensitive field, searched', aSearch({ where: [[is('diagnosis', 'x')]] }), [`${AT}.field sensitive_field`]],
    ['an unknown type, searched', aSearch({ where: [[is('place', 'x')]] }), [`${AT}.field unknown_type`]],
    [
      'a token of a number',
      aSearch({ where: [[filter('score', 'CONTAINS_TOKEN', { value: { constant: '1' } })]] }),
      [`${AT}.operator illegal_operator`],
    ],
    ...['*', ' ** ', ' '].flatMap((constant): [string, unknown, string[]][] =>
      ['CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'].map((operator) => [
        `no word, ${operator} "${constant}"`,
        aSearch({ where: [[filter('firstname', operator, { value: { constant } })]] }),
        [`${AT}.value.constant wrong_value`],
      ]),
    ),
    [
      'an order of texts',
      aSearch({ where: [[filter('firstname', 'GT', { value: { constant: 'a' } })]] }),
      [`${AT}.operator illegal_operator`],
    ],
    [
      'a tie to what isn’t there',
      aSearch({ where: [[is('associations.ghosts', '7')]] }),
      [`${AT}.field unknown_relationship`],
    ],
    [
      'a tie to what is withheld',
      aSearch({ where: [[is('associations.tickets', '7')]] }),
      [`${AT}.field withheld_object`],
    ],
    [
      'a tie of what can’t be tied so',
      aSearch({ object: 'companies', select: ['name'], where: [[is('associations.deals', '7')]] }),
      [`${AT}.field unknown_relationship`],
    ],
    [
      'a tie to no record',
      aSearch({ where: [[is('associations.companies', 'Acme')]] }),
      [`${AT}.value.constant wrong_value`],
    ],
    [
      'a tie to one of several, one of them no record',
      aSearch({
        where: [[filter('associations.companies', 'IN', { values: [{ constant: '7' }, { constant: 'x' }] })]],
      }),
      [`${AT}.values[1].constant wrong_value`],
    ],
    ...['NEQ', 'NOT_IN', 'HAS_PROPERTY', 'CONTAINS_TOKEN'].map((operator): [string, unknown, string[]] => [
      `a tie by ${operator}`,
      aSearch({
        where: [
          [
            filter(
              'associations.companies',
              operator,
              operator === 'NOT_IN'
                ? { values: [{ constant: '7' }] }
                : operator === 'HAS_PROPERTY'
                  ? {}
                  : { value: { constant: '7' } },
            ),
          ],
        ],
      }),
      [`${AT}.operator illegal_operator`],
    ]),
    [
      'a tie by an input that is no id',
      aSearch({ where: [[asks('associations.companies', 'a')]] }, { inputs: [anInput('a', { type: 'text' })] }),
      ['inputs[0].type wrong_input_type'],
    ],
    ['a tie selected', aSearch({ select: ['associations.companies'] }), ['restSearch.select[0] unknown_field']],
    [
      'a tie sorted by',
      aSearch({ sort: { field: 'associations.companies', direction: 'ascending' } }),
      ['restSearch.sort.field unknown_field'],
    ],
    [
      'an unknown option',
      aSearch({ where: [[is('lifecyclestage', 'Lead')]] }),
      [`${AT}.value.constant unknown_option`],
    ],
    [
      'an unknown option of a list',
      aSearch({ where: [[filter('lifecyclestage', 'IN', { values: [{ constant: 'lead' }, { constant: 'x' }] })]] }),
      [`${AT}.values[1].constant unknown_option`],
    ],
    [
      'a stage of no pipeline',
      aSearch({ object: 'deals', select: ['amount'], where: [[is('dealstage', 'x')]] }),
      [`${AT}.value.constant unknown_option`],
    ],
    ['no number', aSearch({ where: [[is('score', 'many')]] }), [`${AT}.value.constant wrong_value`]],
    ['neither true nor false', aSearch({ where: [[is('vip', 'yes')]] }), [`${AT}.value.constant wrong_value`]],
    [
      'the 31st of February',
      aSearch({ where: [[is('birthday', '2026-02-31')]] }),
      [`${AT}.value.constant wrong_value`],
    ],
    [
      'a time without a zone',
      aSearch({ where: [[is('seen_at', '2026-01-31T10:00')]] }),
      [`${AT}.value.constant wrong_value`],
    ],
    ...[20260131, '20260131', '2026', 1_769_817_600_000, '20260131101500'].flatMap(
      (digits): [string, unknown, string[]][] => [
        [
          `digits for a day: ${digits}`,
          aSearch({ where: [[is('birthday', digits)]] }),
          [`${AT}.value.constant wrong_value`],
        ],
        [
          `digits for a time: ${digits}`,
          aSearch({ where: [[is('seen_at', digits)]] }),
          [`${AT}.value.constant wrong_value`],
        ],
      ],
    ),
    ['no id', aSearch({ where: [[is('hs_object_id', 'x1')]] }), [`${AT}.value.constant wrong_value`]],
    [
      'an unknown owner',
      aSearch({ where: [[is('hubspot_owner_id', 'bob@example.com')]] }),
      [`${AT}.value.constant unknown_owner`],
    ],
    ['an undeclared input', aSearch({ where: [[asks('firstname', 'who')]] }), [`${AT}.value.input undeclared_input`]],
    ['an input that is used nowhere', aSearch({}, { inputs: [anInput('who')] }), ['inputs[0] unused_input']],
    [
      'an input of a tool’s own name',
      aSearch({ where: [[asks('firstname', 'cursor')]] }, { inputs: [anInput('cursor')] }),
      ['inputs[0].name reserved_input'],
    ],
    [
      'two inputs of a name',
      aSearch({ where: [[asks('firstname', 'a')]] }, { inputs: [anInput('a'), anInput('a')] }),
      ['inputs[1].name duplicate_input'],
    ],
    [
      'an input that doesn’t fit',
      aSearch({ where: [[asks('score', 'a')]] }, { inputs: [anInput('a', { type: 'text' })] }),
      ['inputs[0].type wrong_input_type'],
    ],
    [
      'an input used with two kinds',
      aSearch({ where: [[asks('score', 'a'), asks('vip', 'a')]] }, { inputs: [anInput('a')] }),
      [`restSearch.where[0][1].value.input wrong_input_type`],
    ],
    [
      'options on text',
      aSearch({ where: [[asks('vip', 'a')]] }, { inputs: [anInput('a', { options: ['x'] })] }),
      ['inputs[0].options wrong_input_type'],
    ],
    [
      'an option the field hasn’t',
      aSearch({ where: [[asks('lifecyclestage', 'a')]] }, { inputs: [anInput('a', { options: ['lead', 'x'] })] }),
      ['inputs[0].options[1] unknown_option'],
    ],
    [
      'a choice of nothing',
      aSearch({ where: [[asks('firstname', 'a')]] }, { inputs: [anInput('a', { type: 'option' })] }),
      ['inputs[0].type wrong_input_type'],
    ],
    [
      'a mapping that is not used',
      aSearch(
        { where: [[asks('firstname', 'a')]] },
        { inputs: [anInput('a')], inputObjectMap: [{ input: 'a', object: 'contacts', field: 'lastname' }] },
      ),
      ['inputObjectMap[0] unused_mapping'],
    ],
    [
      'a mapping of no input',
      aSearch({}, { inputObjectMap: [{ input: 'a', object: 'contacts', field: 'lastname' }] }),
      ['inputObjectMap[0].input undeclared_input'],
    ],
    [
      'showing what isn’t selected',
      aSearch({}, { projection: [{ field: 'lastname' }] }),
      ['projection[0].field unknown_field'],
    ],
    [
      'showing two under one name',
      aSearch(
        { select: ['firstname', 'lastname'] },
        { projection: [{ field: 'firstname' }, { field: 'lastname', as: 'firstname' }] },
      ),
      ['projection[1] duplicate_field'],
    ],
    [
      'showing another id',
      aSearch({}, { projection: [{ field: 'firstname', as: 'id' }] }),
      ['projection[0] duplicate_field'],
    ],
    [
      'the latest, ascending',
      aSearch({ take: 'latest', sort: { field: 'createdate', direction: 'ascending' } }),
      ['restSearch.sort.direction wrong_value'],
    ],
    [
      'the latest by name',
      aSearch({ take: 'latest', sort: { field: 'firstname', direction: 'descending' } }),
      ['restSearch.sort.field wrong_value'],
    ],
    ['six groups', aSearch({ where: many(6, [is('vip', true)]) }), ['restSearch.where limit_exceeded']],
    [
      'seven filters in a group',
      aSearch({ where: [many(7, is('vip', true))] }),
      ['restSearch.where[0] limit_exceeded'],
    ],
    [
      'nineteen filters',
      aSearch({ where: [...many(3, many(6, is('vip', true))), [is('vip', true)]] }),
      ['restSearch.where limit_exceeded'],
    ],
    ['a page of 101', aSearch({ take: { many: 101 } }), ['restSearch.take.many limit_exceeded']],
    [
      'more text than a search may have',
      aSearch(
        { where: [[asks('firstname', 'a'), asks('lastname', 'a')]] },
        { inputs: [anInput('a', { maxLength: 700 })] },
      ),
      ['restSearch.where limit_exceeded'],
    ],
    [
      'two numbers in a group',
      aSearch({ where: [[asks('phone', 'a'), asks('mobilephone', 'b')]] }, { inputs: [anInput('a'), anInput('b')] }),
      ['restSearch.where limit_exceeded'],
    ],
    [
      'paging through a number’s candidates',
      aSearch({ where: [[asks('phone', 'a')]], take: { many: 5, paging: true } }, { inputs: [anInput('a')] }),
      ['restSearch.take.paging paging_unavailable'],
    ],
    [
      'paging through what is read by id',
      aSearch({ where: [[asks('hs_object_id', 'a')]], take: { many: 5, paging: true } }, { inputs: [anInput('a')] }),
      ['restSearch.take.paging paging_unavailable'],
    ],
    ['the name of a skill of the pack', aSearch({}, { toolName: 'find_contact' }), ['toolName reserved_name']],
    ['an illegal name', aSearch({}, { toolName: 'Find People' }), ['toolName illegal_name']],
    ['a field of another block', { ...aSearch(), restWrite: {} }, ['restWrite malformed']],
    ['nothing', {}, ['operation malformed']],
    ['no object at all', 'x', [' malformed']],
  ])('%s', (_, body, expected) => {
    expect(refusalsOf(body)).toEqual(expected);
  });

  it('but one that is exactly at the limits is taken', () => {
    const where = [
      ...many(2, many(6, is('vip', true))),
      many(4, is('vip', true)),
      [is('vip', true)],
      [is('vip', true)],
    ];
    expect(refusalsOf(aSearch({ where, take: { many: 100, paging: true } }))).toEqual([]);
  });

  it('names the scope to grant', () => {
    const read = readBinding(aSearch({ object: 'tickets' }));
    const validation = read.read ? validateBinding(read.value, snapshot) : undefined;
    expect(validation).toMatchObject({ problems: [{ message: expect.stringContaining('grant tickets') }] });
  });

  it('takes the pack’s names from the pack', () => {
    const read = readBinding(aSearch({}, { toolName: 'find_contact' }));
    expect(read.read && validateBinding(read.value, snapshot, { ofPack: true }).valid).toBe(true);
  });

  it('says everything at once', () => {
    const body = aSearch(
      { select: ['nope'], where: [[is('score', 'x'), is('gone', 1)]] },
      { inputs: [anInput('idle')] },
    );
    expect(refusalsOf(body)).toHaveLength(4);
  });
});

const createDeal = (set: object[], inputs: object[] = [], more: object = {}) => aWrite({ set, ...more }, { inputs });

const writeOrder = (write: object) => aWrite({ object: 'orders', set: [], ...write }, { inputs: [] });
const writeContact = (write: object, inputs: object[] = []) => aWrite({ object: 'contacts', ...write }, { inputs });

const knownBy = (field: string) =>
  refusalsOf(
    writeContact(
      {
        action: 'findOrCreate',
        key: sets(field, { input: 'a' }),
        set: field === 'customer_no' ? [sets('lastname', { constant: 'x' })] : [],
      },
      [anInput('a')],
    ),
  );

describe('a write is refused with its place and reason', () => {
  const SET = 'restWrite.set';
  const whole = [sets('pipeline', { constant: 'default' }), sets('dealstage', { constant: 'new' })];
  const named = sets('dealname', { constant: 'x' });

  it.each<[string, unknown, string[]]>([
    ['nothing wrong', aWrite(), []],
    ['an object that can’t be written', aWrite({ object: 'orders' }), ['restWrite.object withheld_object']],
    ['an unknown field', createDeal([named, ...whole, sets('x', { constant: 1 })]), [`${SET}[3].field unknown_field`]],
    [
      'a read-only field',
      createDeal([named, ...whole, sets('createdate', { constant: '2026-01-01' })]),
      [`${SET}[3].field read_only_field`],
    ],
    ['a field twice', createDeal([named, ...whole, named]), [`${SET}[3].field duplicate_field`]],
    ['no name', createDeal(whole), [`${SET} required_field_unbound`]],
    [
      'a name that may be left out',
      createDeal([sets('dealname', { input: 'a' }), ...whole], [anInput('a', { required: false })]),
      [`${SET} required_field_unbound`],
    ],
    [
      'none of the names of a contact',
      writeContact({ set: [sets('phone', { constant: '+15132271572' })] }),
      [`${SET} required_field_unbound`],
    ],
    [
      'a pipeline that isn’t',
      createDeal([named, sets('pipeline', { constant: 'x' }), sets('dealstage', { constant: 'new' })]),
      [`${SET}[1].value.constant unknown_option`, `${SET}[2].value.constant unknown_option`],
    ],
    [
      'a stage of another pipeline',
      createDeal([named, sets('pipeline', { constant: 'default' }), sets('dealstage', { constant: 'signed' })]),
      [`${SET}[2].value.constant unknown_option`],
    ],
    [
      'no e-mail address',
      writeContact({ set: [sets('email', { constant: 'nobody' })] }),
      [`${SET}[0].value.constant wrong_value`],
    ],
    [
      'addresses one of which is none',
      writeContact({
        set: [sets('firstname', { constant: 'A' }), sets('hs_additional_emails', { constant: 'a@example.com;nobody' })],
      }),
      [`${SET}[1].value.constant wrong_value`],
    ],
    [
      'an unknown option of several',
      writeContact({ set: [sets('firstname', { constant: 'A' }), sets('interests', { constant: ['a', 'x'] })] }),
      [`${SET}[1].value.constant unknown_option`],
    ],
    [
      'a list for one value',
      writeContact({ set: [sets('firstname', { constant: ['A'] })] }),
      [`${SET}[0].value.constant wrong_value`],
    ],
    [
      'a tie that isn’t',
      writeContact({
        set: [sets('firstname', { constant: 'A' })],
        associate: [{ to: 'contacts', id: { constant: '1' } }],
      }),
      ['restWrite.associate[0].to unknown_relationship'],
    ],
    [
      'a tie to what is withheld',
      aWrite({ associate: [{ to: 'tickets', id: { constant: '1' } }] }),
      ['restWrite.associate[0].to withheld_object'],
    ],
    [
      'an unknown label',
      aWrite({ associate: [{ to: 'contacts', label: 'boss', id: { constant: '1' } }] }),
      ['restWrite.associate[0].label unknown_relationship'],
    ],
    [
      'a tie to no id',
      aWrite({ associate: [{ to: 'contacts', id: { constant: 'x' } }] }),
      ['restWrite.associate[0].id.constant wrong_value'],
    ],
    [
      'an id that may be left out',
      writeContact({ action: 'update', id: { input: 'a' }, set: [sets('firstname', { constant: 'A' })] }, [
        anInput('a', { required: false }),
      ]),
      ['restWrite.id.input required_field_unbound'],
    ],
    [
      'an update of nothing',
      writeContact({ action: 'update', id: { input: 'a' }, set: [] }, [anInput('a')]),
      [`${SET} malformed`],
    ],
    [
      'a key that isn’t unique',
      writeContact({ action: 'findOrCreate', key: sets('lastname', { constant: 'A' }), set: [] }),
      ['restWrite.key.field key_not_unique'],
    ],
    [
      'a key set again',
      writeContact({
        action: 'findOrCreate',
        key: sets('email', { constant: 'a@b.co' }),
        set: [sets('email', { constant: 'a@b.co' })],
      }),
      [`${SET}[0].field duplicate_field`],
    ],
    [
      'a key that may be left out',
      writeContact(
        { action: 'findOrCreate', key: sets('email', { input: 'a' }), set: [sets('lastname', { constant: 'x' })] },
        [anInput('a', { required: false })],
      ),
      ['restWrite.key.value required_field_unbound'],
    ],
    [
      'a key of no number',
      writeContact({ action: 'findOrCreate', key: sets('phone', { constant: '123' }), set: [] }),
      ['restWrite.key.value.constant wrong_value'],
    ],
    [
      'text as the number that is the key',
      writeContact({ action: 'findOrCreate', key: sets('phone', { input: 'a' }), set: [] }, [
        anInput('a', { type: 'text' }),
      ]),
      ['inputs[0].type wrong_input_type'],
    ],
    [
      'a company by its phone',
      aWrite(
        {
          action: 'findOrCreate',
          object: 'companies',
          key: sets('domain', { constant: 'a.co' }),
          set: [sets('name', { constant: 'A' })],
        },
        { inputs: [] },
      ),
      ['restWrite.key.field key_not_unique'],
    ],
  ])('%s', (_, body, expected) => {
    expect(refusalsOf(body)).toEqual(expected);
  });

  it('that looks first needs to be allowed to look', () => {
    const orders = anObject('orders', {
      capabilities: { read: false, write: true },
      missingScopes: ['crm.objects.orders.read'],
      fields: [aField('number', { isUnique: true })],
    });
    const against = exampleSnapshot({ objects: [orders] });
    const key = sets('number', { constant: '1' });
    expect(refusalsOf(writeOrder({ action: 'findOrCreate', key }), against)).toEqual([
      'restWrite.object withheld_object',
    ]);
    expect(refusalsOf(writeOrder({ action: 'create', set: [key] }), against)).toEqual([]);
  });

  it('needs ids to change by, or to tie to', () => {
    const whole = exampleSnapshot();
    const against = {
      ...whole,
      objects: whole.objects.map((object) =>
        object.name === 'contacts'
          ? { ...object, fields: object.fields.filter(({ name }) => name !== 'hs_object_id') }
          : object,
      ),
    };
    const update = { action: 'update', id: { input: 'who' }, set: [sets('lastname', { constant: 'x' })] };
    expect(refusalsOf(writeContact(update, [anInput('who')]), against)).toEqual(['restWrite.id unknown_field']);
    const tie = aWrite(
      { associate: [{ to: 'contacts', id: { input: 'who' } }] },
      { inputs: [anInput('title'), anInput('who')] },
    );
    expect(refusalsOf(tie, against)).toEqual(['restWrite.associate[0].id unknown_field']);
  });

  it('reads no more of what it finds than a search may name', () => {
    const names = Array.from({ length: 40 }, (_, at) => `field_${at}_${'x'.repeat(90)}`);
    const whole = exampleSnapshot();
    const against = {
      ...whole,
      objects: whole.objects.map((object) =>
        object.name === 'contacts'
          ? { ...object, fields: [...object.fields, ...names.map((name) => aField(name))] }
          : object,
      ),
    };
    const write = (count: number, rest: object = {}) => ({
      ...writeContact(
        {
          action: 'findOrCreate',
          key: sets('phone', { input: 'a' }),
          set: names.slice(0, count).map((name) => sets(name, { constant: 'x' })),
        },
        [anInput('a')],
      ),
      ...rest,
    });
    expect(refusalsOf(write(15), against)).toEqual([]);
    expect(refusalsOf(write(40), against)).toEqual([`${SET} limit_exceeded`]);
    expect(refusalsOf(write(40, { projection: [{ field: 'phone' }] }), against)).toEqual([]);
    const projection = names.map((field, at) => ({ field, as: `f${at}` }));
    expect(refusalsOf(write(1, { projection }), against)).toEqual(['projection limit_exceeded']);
  });

  it('takes a contact known by number alone, by e-mail, or by a unique field', () => {
    expect([knownBy('phone'), knownBy('email'), knownBy('customer_no')]).toEqual([[], [], []]);
  });

  it('takes an owner by e-mail, whatever its case, and ties by label', () => {
    const body = aWrite(
      { associate: [{ to: 'contacts', label: 'decision maker', id: { input: 'who' } }] },
      { inputs: [anInput('title'), anInput('who')] },
    );
    const write = body['restWrite'] as { set: object[] };
    write.set.push(sets('hubspot_owner_id', { constant: 'ADA@example.com' }));
    expect(refusalsOf(body)).toEqual([]);
  });
});

const choiceOf = (name: string, values: string[]) =>
  aField(name, {
    type: 'enumeration',
    options: values.map((value) => ({ value, label: value, isHidden: value === 'h' })),
  });
describe('a search by a tie', () => {
  const ties = [asks('associations.companies', 'a'), asks('associations.deals', 'b')];
  const body = aSearch({ where: [ties] }, { inputs: [anInput('a'), anInput('b', { required: false })] });

  it('holds, and asks for ids of the other objects', () => {
    const read = readBinding(body);
    expect(read.read && validateBinding(read.value, snapshot)).toMatchObject({
      binding: {
        inputs: [{ type: 'id' }, { type: 'id' }],
        definition: {
          inputObjectMap: [
            { input: 'a', object: 'companies', field: 'hs_object_id' },
            { input: 'b', object: 'deals', field: 'hs_object_id' },
          ],
        },
      },
    });
  });

  it('is broken by a tie that disappears, and never asked of a custom object', () => {
    const objects = snapshot.objects.map((object) => ({ ...object, relationships: [] }));
    expect(refusalsOf(body, { ...snapshot, objects })).toEqual([
      `${AT}.field unknown_relationship`,
      'restSearch.where[0][1].field unknown_relationship',
    ]);
    const custom = snapshot.objects.map((object) => ({ ...object, isCustom: object.name === 'contacts' }));
    expect(refusalsOf(body, { ...snapshot, objects: custom })).toEqual([
      `${AT}.field unknown_relationship`,
      'restSearch.where[0][1].field unknown_relationship',
    ]);
  });
});

describe('the map of inputs', () => {
  it('is completed from the uses, and the first entry decides the type', () => {
    const body = aSearch(
      { where: [[asks('firstname', 'who', 'CONTAINS_TOKEN')], [asks('email', 'who')]] },
      { inputs: [anInput('who')], inputObjectMap: [{ input: 'who', object: '0-1', field: 'firstname' }] },
    );
    const read = readBinding(body);
    const validation = read.read ? validateBinding(read.value, snapshot) : undefined;
    expect(validation).toMatchObject({
      binding: {
        inputs: [{ name: 'who', type: 'text' }],
        definition: {
          inputObjectMap: [
            { input: 'who', object: 'contacts', field: 'firstname' },
            { input: 'who', object: 'contacts', field: 'email' },
          ],
        },
      },
    });
  });

  it('offers the options of the field, without hidden ones, and only those every field has', () => {
    const against = exampleSnapshot({
      objects: [anObject('things', { fields: [choiceOf('one', ['a', 'b', 'h']), choiceOf('two', ['b', 'c', 'h'])] })],
    });
    const read = readBinding(
      aSearch(
        { object: 'things', select: ['one'], where: [[asks('one', 'x'), asks('two', 'x')]] },
        { inputs: [anInput('x')] },
      ),
    );
    const validation = read.read ? validateBinding(read.value, against) : undefined;
    expect(validation).toMatchObject({ binding: { inputs: [{ options: [{ value: 'b' }] }] } });
  });
});

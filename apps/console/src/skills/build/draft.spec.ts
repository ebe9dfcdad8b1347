import { describe, expect, it } from '@jest/globals';
import {
  bodyOf,
  changeOf,
  type Draft,
  draftOf,
  emptyDraft,
  inputNameOf,
  isEmptyAt,
  placeInWords,
  renameInput,
  tidy,
  valueAt,
  withAction,
  withInput,
  withObject,
  withOperation,
  withOperator,
} from './draft.js';

const search = (rest: Partial<Draft> = {}): Draft => ({
  toolName: 'find_deals',
  description: 'Finds deals',
  operation: 'restSearch',
  restSearch: {
    object: 'deals',
    where: [[{ field: 'dealname', operator: 'CONTAINS_TOKEN', value: { input: 'word' } }]],
    select: ['dealname', 'amount'],
    take: 'one',
  },
  inputs: [{ name: 'word', description: 'A word' }],
  ...rest,
});

describe('a draft', () => {
  it('begins with one condition that is yet to be filled in, and is sent with one block alone', () => {
    const draft = withOperation(emptyDraft(), 'restWrite');
    expect(bodyOf(withObject(emptyDraft(), 'deals'))).toMatchObject({
      operation: 'restSearch',
      restSearch: { object: 'deals', where: [[{ field: '', operator: '' }]] },
    });
    expect(Object.keys(bodyOf(draft))).toEqual(['toolName', 'description', 'operation', 'inputs', 'restWrite']);
  });

  it('loses what was chosen of an object with the object, and nothing else', () => {
    expect(withObject(search(), 'tickets')).toEqual({
      toolName: 'find_deals',
      description: 'Finds deals',
      operation: 'restSearch',
      inputs: [],
      restSearch: { object: 'tickets', where: [[{ field: '', operator: '' }]], select: [], take: 'one' },
    });
  });

  it('keeps no input that is used nowhere, and shows nothing that is not read', () => {
    const draft = search({
      inputs: [
        { name: 'word', description: 'A word' },
        { name: 'left', description: 'Used no more' },
      ],
      projection: [{ field: 'dealname', as: 'name' }, { field: 'closedate' }],
    });
    expect(tidy(draft)).toEqual({ ...search(), projection: [{ field: 'dealname', as: 'name' }] });
  });

  it('names a further input after its field, and never as another', () => {
    expect(['hs_ticket_priority', 'E-Mail', '2nd', 'hs_'].map(inputNameOf)).toEqual([
      'ticket_priority',
      'e_mail',
      'nd',
      'value',
    ]);
    const { draft, name } = withInput(search(), { name: 'word', description: 'Another' });
    expect([name, draft.inputs.map((input) => input.name)]).toEqual(['word_2', ['word', 'word_2']]);
  });

  it('renames an input wherever it is used, and leaves constants alone', () => {
    const draft = search();
    const where = [
      [
        { field: 'dealname', operator: 'IN', values: [{ input: 'word' }, { constant: 'word' }] },
        { field: 'amount', operator: 'EQ', value: { input: 'other' } },
      ],
    ];
    const renamed = renameInput({ ...draft, restSearch: { ...draft.restSearch!, where } }, 'word', 'name');
    expect(renamed.restSearch?.where[0]?.[0]?.values).toEqual([{ input: 'name' }, { constant: 'word' }]);
    expect(renamed.restSearch?.where[0]?.[1]?.value).toEqual({ input: 'other' });
    expect(renamed.inputs).toEqual([{ name: 'name', description: 'A word' }]);
  });

  it('says with a change what is to go', () => {
    expect(changeOf(search())).toMatchObject({ projection: null });
    expect(changeOf(search({ projection: [{ field: 'amount' }] }))).toMatchObject({
      projection: [{ field: 'amount' }],
    });
  });

  it('is a copy of what was read', () => {
    const read = search();
    const draft = draftOf(read);
    draft.restSearch!.select.push('closedate');
    expect(read.restSearch?.select).toEqual(['dealname', 'amount']);
  });
});

describe('another operator', () => {
  const filter = { field: 'amount', operator: 'EQ', value: { input: 'amount' }, optional: true };

  it.each([
    ['GT', { value: { input: 'amount' }, optional: true }],
    ['BETWEEN', { value: { input: 'amount' }, highValue: { constant: '' }, optional: true }],
    ['IN', { values: [{ input: 'amount' }], optional: true }],
    ['HAS_PROPERTY', {}],
  ])('%s takes what it can of the former values', (operator, expected) => {
    expect(withOperator(filter, operator)).toEqual({ field: 'amount', operator, ...expected });
  });
});

describe('another action', () => {
  it('brings what it alone needs, and takes it away again', () => {
    const create = withObject({ ...emptyDraft('restWrite') }, 'contacts');
    const update = withAction(create, 'update');
    expect(update.restWrite?.id).toEqual({ input: 'record_id' });
    expect(update.inputs.map(({ name }) => name)).toEqual(['record_id']);
    const findOrCreate = withAction(update, 'findOrCreate');
    expect(findOrCreate.restWrite).toMatchObject({ key: { field: '' } });
    expect([findOrCreate.restWrite?.id, findOrCreate.inputs]).toEqual([undefined, []]);
    expect(withAction(findOrCreate, 'create').restWrite?.key).toBeUndefined();
  });
});

describe('a place', () => {
  it('is looked at by its path', () => {
    expect(valueAt(bodyOf(search()), 'restSearch.where[0][0].field')).toBe('dealname');
    expect(valueAt(bodyOf(search()), 'restSearch.where[3][0].field')).toBeUndefined();
  });

  it.each([
    ['toolName', false],
    ['restSearch.sort', true],
    ['restSearch.where[0][0].value', false],
    ['restSearch.where[0][1]', true],
  ])('%s: nothing there yet: %s', (path, isEmpty) => {
    expect(isEmptyAt(bodyOf(search()), path)).toBe(isEmpty);
  });

  it('has nothing in it while a constant is yet to be typed', () => {
    expect(isEmptyAt({ restWrite: { set: [{ field: 'a', value: { constant: '' } }] } }, 'restWrite.set[0].value')).toBe(
      true,
    );
  });

  it.each([
    ['restSearch.where[0][1].value', 'Group 1, condition 2'],
    ['restSearch.where[1]', 'Group 2'],
    ['restWrite.set[2].field', 'Field 3'],
    ['restWrite.associate[0].to', 'Tie 1'],
    ['inputs[0].name', 'Input 1'],
    ['restSearch.select', 'Fields to show'],
    ['something', 'something'],
  ])('%s is told as %s', (path, words) => {
    expect(placeInWords(path)).toBe(words);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readDefinition } from './property-definition.js';
import { showValue } from './show-value.js';

const define = (fields: object) => {
  const definition = readDefinition({ name: 'p', label: 'P', ...fields });
  if (definition === undefined) throw new Error('not shown');
  return definition;
};
const options = [
  { value: 'a', label: 'Alpha' },
  { value: 'b', label: 'Beta' },
];

describe('showValue', () => {
  it.each([
    [{ type: 'string' }, 'words', 'text', 'words', 'words'],
    [{ type: 'string', fieldType: 'html' }, '<p>one<br>two</p>', 'text', 'one two', 'one two'],
    [{ type: 'enumeration', fieldType: 'select', options }, 'a', 'choice', 'Alpha', 'Alpha'],
    [{ type: 'enumeration', fieldType: 'select', options }, 'gone', 'choice', 'gone', 'gone'],
    [{ type: 'enumeration', fieldType: 'checkbox', options }, 'b;a', 'choice', 'Beta, Alpha', 'Beta, Alpha'],
    [{ type: 'bool' }, 'true', 'boolean', 'Yes', 'Yes'],
    [{ type: 'bool', options: [{ value: 'false', label: 'Never' }] }, 'false', 'boolean', 'Never', 'Never'],
    [{ type: 'number' }, '1234567.5', 'number', '1234567.5', '1,234,567.5'],
    [{ type: 'number', numberDisplayHint: 'unformatted' }, '1234567', 'number', '1234567', '1234567'],
    [{ type: 'number', numberDisplayHint: 'percentage' }, '0.125', 'number', '0.125', '12.5 %'],
    [{ type: 'number' }, 'many', 'number', 'many', 'many'],
    [{ type: 'date' }, '1795219200000', 'date', '2026-11-21', '21 November 2026'],
    [{ type: 'date' }, '2026-11-21', 'date', '2026-11-21', '21 November 2026'],
    [{ type: 'datetime' }, '2026-11-21T23:30:00Z', 'datetime', '2026-11-21T23:30:00.000Z', '22 November 2026 at 00:30'],
    [{ type: 'datetime' }, 'soon', 'datetime', 'soon', 'soon'],
  ])('%j: %s', (fields, stored, type, value, display) => {
    expect(showValue(stored, define(fields), 'Europe/Berlin')).toEqual({ label: 'P', type, value, display });
  });
});

describe('readDefinition', () => {
  it.each([
    [{ dataSensitivity: 'sensitive' }],
    [{ dataSensitivity: 'highly_sensitive' }],
    [{ hidden: true }],
    [{ archived: true }],
    [{ name: undefined }],
  ])('keeps from agents what is %j', (fields) => {
    expect(readDefinition({ name: 'p', label: 'P', type: 'string', ...fields })).toBeUndefined();
  });
});

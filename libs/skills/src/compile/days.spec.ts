import { describe, expect, it } from '@jest/globals';
import { anInput, aSearch, aWrite, exampleSnapshot } from '../../testing/index.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { compileBinding } from './compile-binding.js';
import { boundsOfDay, momentInZone } from './days.js';

function validate(body: unknown) {
  const read = readBinding(body);
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  return validateBinding(read.value, exampleSnapshot());
}

function plan(body: unknown, given: Record<string, string>, timeZone?: string) {
  const validation = validate(body);
  if (!validation.valid) throw new Error(JSON.stringify(validation.problems));
  const planned = compileBinding(validation.binding).plan(given, { timeZone });
  if (!planned.planned) throw new Error(JSON.stringify(planned));
  return planned;
}

const iso = (ms: unknown): string | undefined => (ms === undefined ? undefined : new Date(Number(ms)).toISOString());

/** What is asked of `seen_at`, in ISO 8601. */
function asked(operator: string, operands: object, timeZone?: string, given: Record<string, string> = {}) {
  const where = [[{ field: 'seen_at', operator, ...operands }]];
  const inputs = Object.keys(given).map((name) => anInput(name, { type: 'date' }));
  const planned = plan(aSearch({ where }, { inputs }), given, timeZone);
  const [step] = planned.kind === 'find' ? planned.find.steps : [];
  const [filter] = step?.by === 'search' ? (step.search.groups[0] ?? []) : [];
  if (filter === undefined || !('value' in filter)) throw new Error('nothing is compared');
  const { operator: with_, value } = filter;
  return [with_, iso(value), iso('highValue' in filter ? filter.highValue : undefined)];
}

const day = { value: { constant: '2026-01-31' } };
const START = '2026-01-31T05:00:00.000Z';
const END = '2026-02-01T04:59:59.999Z';
const NEW_YORK = 'America/New_York';

function refusals(operator: string, operands: object, inputs: object[] = []): string[] {
  const validation = validate(aSearch({ where: [[{ field: 'seen_at', operator, ...operands }]] }, { inputs }));
  return validation.valid ? [] : validation.problems.map(({ path, reason }) => `${path} ${reason}`);
}

describe('a day, asked of a time', () => {
  it('is the whole of it, as the portal’s people count it', () => {
    expect(asked('EQ', day, NEW_YORK)).toEqual(['BETWEEN', START, END]);
    expect(asked('LT', day, NEW_YORK)).toEqual(['LT', START, undefined]);
    expect(asked('GTE', day, NEW_YORK)).toEqual(['GTE', START, undefined]);
    expect(asked('LTE', day, NEW_YORK)).toEqual(['LTE', END, undefined]);
    expect(asked('GT', day, NEW_YORK)).toEqual(['GT', END, undefined]);
    expect(asked('BETWEEN', { ...day, highValue: { constant: '2026-02-01' } }, NEW_YORK)).toEqual([
      'BETWEEN',
      START,
      '2026-02-02T04:59:59.999Z',
    ]);
    expect(asked('EQ', { value: { input: 'd' } }, NEW_YORK, { d: '2026-01-31' })).toEqual(['BETWEEN', START, END]);
  });

  it('is a day of UTC where no zone is known; a time stays the time it is', () => {
    expect(asked('EQ', day)).toEqual(['BETWEEN', '2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z']);
    expect(asked('LTE', day, 'Middle-earth/Shire')).toEqual(['LTE', '2026-01-31T23:59:59.999Z', undefined]);
    expect(asked('LTE', { value: { constant: '2026-01-31T10:00:00Z' } }, NEW_YORK)).toEqual([
      'LTE',
      '2026-01-31T10:00:00.000Z',
      undefined,
    ]);
  });

  it('is no moment that a time could equal, be unlike, or be among', () => {
    const at = 'restSearch.where[0][0]';
    expect(refusals('NEQ', day)).toEqual([`${at}.value.constant wrong_value`]);
    expect(refusals('IN', { values: [day.value] })).toEqual([`${at}.values[0].constant wrong_value`]);
    expect(refusals('NOT_IN', { values: [{ input: 'd' }] }, [anInput('d', { type: 'date' })])).toEqual([
      'inputs[0].type wrong_input_type',
    ]);
    expect(refusals('NEQ', { value: { constant: '2026-01-31T10:00:00Z' } })).toEqual([]);
  });
});

describe('a day, kept as a time', () => {
  it('begins where the portal is, so that its people see that day', () => {
    const set = [
      { field: 'dealname', value: { constant: 'x' } },
      { field: 'pipeline', value: { constant: 'default' } },
      { field: 'dealstage', value: { constant: 'new' } },
      { field: 'closedate', value: { input: 'd' } },
    ];
    const kept = (inputs: object[], given: Record<string, string>, timeZone?: string) => {
      const planned = plan(aWrite({ set }, { inputs }), given, timeZone);
      return planned.kind === 'write' ? planned.write.values['closedate'] : undefined;
    };
    const date = [anInput('d', { type: 'date' })];
    expect(kept(date, { d: '2026-01-31' }, NEW_YORK)).toBe(START);
    expect(kept(date, { d: '2026-01-31' }, 'Asia/Tokyo')).toBe('2026-01-30T15:00:00.000Z');
    expect(kept(date, { d: '2026-01-31' })).toBe('2026-01-31T00:00:00.000Z');
    expect(kept([anInput('d')], { d: '2026-01-31T10:00:00Z' }, NEW_YORK)).toBe('2026-01-31T10:00:00.000Z');
  });
});

describe('boundsOfDay', () => {
  it.each([
    // Clocks change in the day, before it, and at its midnight, which isn't there, or is there twice.
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z', '2026-11-03T04:59:59.999Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['Pacific/Kiritimati', '2026-01-31', '2026-01-30T10:00:00.000Z', '2026-01-31T09:59:59.999Z'],
    ['UTC', '9999-12-31', '9999-12-31T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
    ['Europe/Berlin', '0000-01-01', '0000-01-01T00:00:00.000Z', '0000-01-01T23:59:59.999Z'],
  ])('%s %s', (timeZone, one, start, end) => {
    const bounds = boundsOfDay(one, timeZone);
    expect([iso(bounds.start), iso(bounds.end)]).toEqual([start, end]);
  });
});

describe('momentInZone', () => {
  it('says a day where a day was meant', () => {
    expect(momentInZone(START, NEW_YORK)).toBe('2026-01-31');
    expect(momentInZone('2026-01-30T15:00:00.000Z', 'Asia/Tokyo')).toBe('2026-01-31');
    expect(momentInZone('2026-01-31T10:05:00.000Z', NEW_YORK)).toBe('2026-01-31 05:05');
    expect(momentInZone('2026-01-31T00:00:00.000Z', undefined)).toBe('2026-01-31');
  });
});

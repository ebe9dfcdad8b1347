import { describe, expect, it } from '@jest/globals';
import { readPhoneNumber } from '@app/crm';
import { hasPhones } from './same-phones.js';

const asked = readPhoneNumber('+15132271572') ?? { national: '' };

function holds(stored: string | undefined, defaultCountry?: string, phone = asked): boolean {
  const values: Record<string, string> = stored === undefined ? {} : { mobilephone: stored };
  return hasPhones({ id: '1', values }, [{ phone, fields: ['phone', 'mobilephone'] }], defaultCountry);
}

describe('hasPhones', () => {
  it('knows a number however it was typed', () => {
    expect([holds('+1 (513) 227-1572'), holds('001 513 227 1572'), holds('(513) 227-1572', 'US')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('tells countries apart that share national digits', () => {
    expect([holds('+495132271572'), holds('513 227 1572', 'DE')]).toEqual([false, false]);
  });

  it('compares national digits only where nothing says how to read them', () => {
    expect(holds('513-227-1572')).toBe(true);
    expect(holds('513-227-1572', undefined, { national: '5132271572' })).toBe(true);
    expect(holds('513-227-1573')).toBe(false);
  });

  it('finds nothing in nothing', () => {
    expect([holds(undefined), holds('ask the desk')]).toEqual([false, false]);
  });
});

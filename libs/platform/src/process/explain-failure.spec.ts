import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../config/environment-reader.js';
import { explainFailure } from './explain-failure.js';

describe('explainFailure', () => {
  it('says what an operator can mend, without a stack', () => {
    expect(explainFailure(new ConfigurationError(['PORT must be a number']))).toContain('PORT must be a number');
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(explainFailure(refused)).toBe(
      "The database of DATABASE_URL can't be used: connect ECONNREFUSED 127.0.0.1:5432",
    );
    const driverError = { code: '42501', hint: 'As a superuser: GRANT …' };
    expect(explainFailure(Object.assign(new Error('may not create roles'), { driverError }))).toBe(
      'may not create roles\nAs a superuser: GRANT …',
    );
  });

  it('shows a fault of ours whole', () => {
    expect(explainFailure(new TypeError('x is undefined'))).toMatch(/TypeError: x is undefined\n\s+at /);
    expect(explainFailure('text')).toBe('text');
  });
});

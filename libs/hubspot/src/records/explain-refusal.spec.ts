import { describe, expect, it } from '@jest/globals';
import { readRefusal } from '../client/read-refusal.js';
import { explainRefusal } from './explain-refusal.js';

const explain = (status: number, body: unknown) => explainRefusal(readRefusal(status, body));

const missing = (property: string, id: string) => ({
  status: 'error',
  message: 'The property values provided are invalid',
  correlationId: id,
  category: 'VALIDATION_ERROR',
  errors: [
    {
      message: `A value for ${property} must be provided`,
      code: 'MISSING_REQUIRED_PROPERTY',
      context: { propertyName: [property] },
    },
  ],
});

describe('explainRefusal', () => {
  it('says of a required property what to do, about the record and about the account', () => {
    const { reason, detail, rule } = explain(400, missing('lastname', 'x'));
    expect(reason).toBe('missing_required_property');
    expect(detail).toMatch(/through a default; then replay\. HubSpot said: A value for lastname must be provided$/);
    expect(rule?.words).toMatch(/through a default\. HubSpot said: A value for lastname must be provided$/);
  });

  it('names the same rule for every record, and another for another property', () => {
    const one = explain(400, missing('lastname', 'a')).rule?.id;
    expect(explain(400, missing('lastname', 'b')).rule?.id).toBe(one);
    expect(explain(400, missing('company', 'a')).rule?.id).not.toBe(one);
  });

  it('knows a rule without codes by its text, without what the records bring', () => {
    const said = (quoted: string, id: number) =>
      explain(400, {
        message: `Writes are disabled for "${quoted}" (record ${id}, ada${id}@x.test)`,
        category: 'OTHER',
      });
    const one = said('Ada', 1).rule;
    expect(one?.words).toMatch(/Writes are disabled for "Ada"/);
    expect(said('Bob Smith', 22).rule?.id).toBe(one?.id);
    expect(one?.id).not.toMatch(/Ada|ada|1/);
    expect(explain(400, { message: 'The portal is read-only', category: 'OTHER' }).rule?.id).not.toBe(one?.id);
  });

  it('names no rule for what is wrong with one record alone', () => {
    const message = 'Property values were not valid: [{"message":"bad","error":"INVALID_EMAIL","name":"email"}]';
    const { reason, rule } = explain(400, { message, category: 'VALIDATION_ERROR' });
    expect([reason, rule]).toEqual(['invalid_email', undefined]);
  });

  it('takes a permission of the connecting user for one that every write needs', () => {
    const body = { message: "Missing 'Edit Associations' permission.", category: 'VALIDATION_ERROR' };
    const { reason, rule } = explain(400, body);
    expect(reason).toBe('missing_permission');
    expect(rule?.words).toMatch(/connect as a Super Admin\. HubSpot said/);
  });
});

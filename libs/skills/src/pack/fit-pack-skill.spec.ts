import { describe, expect, it } from '@jest/globals';
import type { CrmObject } from '@app/crm';
import { exampleSnapshot, packPortal, packPortalWith } from '../../testing/index.js';
import { PACK_NAMES } from '../bindings/tool-names.js';
import { compileBinding } from '../compile/compile-binding.js';
import { readDefinition } from '../grammar/read-binding.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { fitPackSkill, type PackFit } from './fit-pack-skill.js';
import type { Landings } from './landing.js';
import { leftOutFor } from './left-out.js';
import { PACK } from './pack-skills.js';

function skillOf(name: string) {
  const skill = PACK.find(({ toolName }) => toolName === name);
  if (skill === undefined) throw new Error(`The pack has no ${name}`);
  return skill;
}

const fit = (name: string, snapshot: SchemaSnapshot = packPortal(), landings: Landings = {}): PackFit =>
  fitPackSkill(skillOf(name), { snapshot, landings });

function bindingOf(fitted: PackFit) {
  if (!fitted.fits) throw new Error(fitted.problems.map(({ path, message }) => `${path} ${message}`).join('; '));
  return fitted.binding;
}

function leftOut(name: string, snapshot: SchemaSnapshot, landings: Landings = {}) {
  const fitted = fit(name, snapshot, landings);
  if (fitted.fits) throw new Error(`${name} fits`);
  return leftOutFor(skillOf(name), fitted);
}

function plan(name: string, given: Record<string, unknown>, snapshot?: SchemaSnapshot) {
  const planned = compileBinding(bindingOf(fit(name, snapshot))).plan(given, { defaultCountry: 'DE' });
  if (!planned.planned) return planned.problems.map(({ input, reason }) => [input, reason]);
  return planned.kind === 'find' ? planned.find : planned.write;
}

const without =
  (...names: string[]) =>
  (object: CrmObject): CrmObject => ({ ...object, fields: object.fields.filter(({ name }) => !names.includes(name)) });

const inputs = (name: string, snapshot?: SchemaSnapshot): string[] =>
  Object.keys(compileBinding(bindingOf(fit(name, snapshot))).inputSchema.properties);

const landing = (landings: Landings, name = 'create_ticket') => {
  const fitted = fit(name, packPortal(), landings);
  return fitted.fits ? fitted.landing : fitted.problems[0]?.message;
};

describe('the pack', () => {
  it('is seven definitions that operators could have written, by the reserved names', () => {
    expect(PACK.map(({ toolName }) => toolName)).toEqual(PACK_NAMES);
    for (const skill of PACK) expect(readDefinition(skill)).toEqual({ read: true, value: skill });
  });

  it('is had whole by a portal with every scope, and its definitions can be read again as they are kept', () => {
    for (const { toolName } of PACK) {
      const { definition } = bindingOf(fit(toolName));
      const kept: unknown = JSON.parse(JSON.stringify(definition));
      expect(readDefinition(kept)).toEqual({ read: true, value: definition });
      expect(kept).toStrictEqual(definition);
    }
  });

  it('asks an AI agent for no more than it must have', () => {
    const required = PACK.map(({ toolName }) => [
      toolName,
      compileBinding(bindingOf(fit(toolName))).inputSchema.required,
    ]);
    expect(Object.fromEntries(required)).toEqual({
      find_contact: ['phone'],
      find_company: [],
      find_ticket: [],
      create_contact: ['phone'],
      update_contact: ['contact_id'],
      create_ticket: ['subject'],
      create_deal: ['name'],
    });
  });
});

describe('the compiled schemas', () => {
  it('are flat, and follow the portal’s fields and options', () => {
    expect(compileBinding(bindingOf(fit('create_ticket'))).inputSchema).toEqual({
      type: 'object',
      properties: {
        subject: { type: 'string', description: 'What it is about, in a few words', minLength: 1, maxLength: 200 },
        description: {
          type: 'string',
          description: 'What happened and what the caller wants, in whole sentences',
          minLength: 1,
          maxLength: 2_000,
        },
        priority: { type: 'string', description: 'How urgent it is', enum: ['LOW', 'HIGH'] },
        contact_id: {
          type: 'string',
          description: 'The id of the contact it is about, from find_contact or create_contact',
          pattern: String.raw`^\d{1,20}$`,
        },
        company_id: {
          type: 'string',
          description: 'The id of the company it is about, from find_company',
          pattern: String.raw`^\d{1,20}$`,
        },
      },
      required: ['subject'],
      additionalProperties: false,
    });
    expect(compileBinding(bindingOf(fit('update_contact'))).inputSchema.properties).toMatchObject({
      email: { format: 'email' },
      phone: { type: 'string', minLength: 5, maxLength: 40 },
      contact_id: { pattern: String.raw`^\d{1,20}$` },
    });
  });

  it('leave out what the portal lacks and the skill can do without', () => {
    expect(inputs('create_ticket', packPortalWith('tickets', without('hs_ticket_priority', 'content')))).toEqual([
      'subject',
      'contact_id',
      'company_id',
    ]);
    const noTies = packPortalWith('deals', (deals) => ({
      ...deals,
      relationships: deals.relationships.filter(({ to, label }) => to === 'contacts' && label !== undefined),
    }));
    expect(inputs('create_deal', noTies)).toEqual(['name', 'amount', 'close_date']);
    expect(inputs('find_company', packPortalWith('companies', without('domain')))).toEqual(['name']);
    const secret = packPortalWith('contacts', (contacts) => ({
      ...contacts,
      fields: contacts.fields.map((field) =>
        field.name === 'lastname' ? { ...field, sensitivity: 'sensitive' } : field,
      ),
    }));
    expect(inputs('create_contact', secret)).toEqual(['phone', 'first_name', 'email']);
    expect(bindingOf(fit('find_contact', secret)).definition.projection?.map(({ field }) => field)).not.toContain(
      'lastname',
    );
  });
});

describe('what is asked of HubSpot', () => {
  it('for a caller is both of their numbers, by international and national form', () => {
    expect(plan('find_contact', { phone: '030 1234567' })).toMatchObject({
      object: 'contacts',
      limit: 1,
      steps: [{ by: 'search', samePhones: [{ phone: { e164: '+49301234567' }, fields: ['phone', 'mobilephone'] }] }],
    });
    expect(plan('find_contact', { phone: 'nobody' })).toEqual([['phone', 'not_a_phone_number']]);
  });

  it('for a company or a ticket needs a word at least', () => {
    expect(plan('find_company', {})).toEqual([[undefined, 'nothing_to_search_by']]);
    expect(plan('find_company', { name: 'Acme', domain: 'acme.com' })).toMatchObject({
      limit: 5,
      steps: [
        {
          search: {
            groups: [
              [{ field: 'domain', operator: 'EQ', value: 'acme.com' }],
              [{ field: 'name', operator: 'CONTAINS_TOKEN', value: 'Acme' }],
            ],
          },
        },
      ],
    });
    expect(plan('find_ticket', { keyword: 'printer' })).toMatchObject({
      sort: { field: 'createdate', direction: 'descending' },
      steps: [{ search: { groups: [[{ field: 'subject' }], [{ field: 'content', value: 'printer' }]] } }],
    });
  });

  it('for a new contact is to find it first, and to name it by its number where no name is known', () => {
    expect(plan('create_contact', { phone: '+49 30 1234567' })).toMatchObject({
      action: 'findOrCreate',
      key: { field: 'phone', value: '+49301234567' },
      values: { phone: '+49301234567', firstname: '+49 30 1234567' },
    });
    expect(plan('create_contact', { phone: '+49301234567', first_name: 'Ada' })).toMatchObject({
      values: { phone: '+49301234567', firstname: 'Ada' },
    });
  });

  it('for a change is what is given and no more', () => {
    expect(plan('update_contact', { contact_id: '42', job_title: 'Engineer', last_name: 'Lovelace' })).toEqual([
      ['job_title', 'unknown_input'],
    ]);
    expect(plan('update_contact', { contact_id: '42', last_name: 'Lovelace' })).toEqual({
      action: 'update',
      object: 'contacts',
      id: '42',
      values: { lastname: 'Lovelace' },
      ties: [],
    });
  });

  it('for a new ticket or deal puts it into the first open stage of the default pipeline, beside its people', () => {
    expect(plan('create_ticket', { subject: 'Printer', priority: 'HIGH', contact_id: '42' })).toEqual({
      action: 'create',
      object: 'tickets',
      values: { subject: 'Printer', hs_ticket_priority: 'HIGH', hs_pipeline: '0', hs_pipeline_stage: '1' },
      ties: [{ to: 'contacts', id: '42', typeId: 16, category: 'HUBSPOT_DEFINED' }],
    });
    expect(plan('create_deal', { name: 'Ten printers', amount: 1200, close_date: '2027-01-31' })).toMatchObject({
      values: {
        dealname: 'Ten printers',
        amount: '1200',
        closedate: '2027-01-31T00:00:00.000Z',
        pipeline: 'default',
        dealstage: 'new',
      },
    });
  });
});

describe('where new records land', () => {
  it('is what an admin chose', () => {
    expect(landing({})).toEqual({ pipeline: { id: '0', label: 'Support' }, stage: { id: '1', label: 'New' } });
    expect(landing({ tickets: { pipelineId: '7' } })).toMatchObject({ stage: { id: '71' } });
    expect(landing({ tickets: { pipelineId: '0', stageId: '4' } })).toMatchObject({ stage: { label: 'Closed' } });
    expect(landing({ tickets: { pipelineId: '7' } }, 'create_deal')).toMatchObject({ pipeline: { id: 'default' } });
    expect(landing({}, 'create_contact')).toBeUndefined();
  });

  it('is the first pipeline where none is the default', () => {
    const none = packPortalWith('tickets', (tickets) => ({
      ...tickets,
      pipelines: tickets.pipelines.map((pipeline) => ({ ...pipeline, isDefault: false })),
    }));
    expect(fit('create_ticket', none)).toMatchObject({ landing: { pipeline: { id: '7' }, stage: { id: '71' } } });
  });

  it('is never something that nobody chose, when what was chosen is gone', () => {
    expect(landing({ tickets: { pipelineId: '8' } })).toMatch(/the pipeline 8 that was chosen is gone/);
    expect(landing({ tickets: { pipelineId: '0', stageId: '71' } })).toMatch(/the stage 71 that was chosen is gone/);
  });

  it('is nowhere in a pipeline without an open stage, or without a pipeline', () => {
    expect(leftOut('create_deal', packPortal(), { deals: { pipelineId: 'partners' } })).toEqual({
      reason: 'unknown_option',
      message: "deals can't be created: the pipeline Partners has no open stage",
      missingScopes: [],
    });
    expect(
      leftOut(
        'create_deal',
        packPortalWith('deals', (deals) => ({ ...deals, pipelines: [] })),
      ),
    ).toMatchObject({
      reason: 'required_field_unbound',
      message: expect.stringMatching(/^deals must set pipeline, dealstage/),
    });
  });
});

describe('what a portal can’t have', () => {
  const names = PACK.map(({ toolName }) => toolName);
  const lacking = (snapshot: SchemaSnapshot): string[] => names.filter((name) => !fit(name, snapshot).fits);

  it('for want of a scope is told with the scope to grant; the rest is had', () => {
    expect(lacking(exampleSnapshot())).toEqual(['find_ticket', 'create_ticket']);
    expect(leftOut('find_ticket', exampleSnapshot())).toEqual({
      reason: 'withheld_object',
      message: "tickets can't be read by this connection: grant tickets and connect again",
      missingScopes: ['tickets'],
    });
    const readOnly = packPortalWith('deals', (deals) => ({
      ...deals,
      capabilities: { read: true, write: false },
      missingScopes: ['crm.objects.deals.write'],
      pipelines: [],
    }));
    expect(lacking(readOnly)).toEqual(['create_deal']);
    expect(leftOut('create_deal', readOnly)).toEqual({
      reason: 'withheld_object',
      message: "deals can't be written by this connection: grant crm.objects.deals.write and connect again",
      missingScopes: ['crm.objects.deals.write'],
    });
  });

  it('without companies is their find; tickets and deals go without that tie', () => {
    const portal = packPortal();
    const without = { ...portal, objects: portal.objects.filter(({ name }) => name !== 'companies') };
    expect(lacking(without)).toEqual(['find_company']);
    expect(leftOut('find_company', without).message).toBe('companies is not an object of this portal');
    expect(inputs('create_deal', without)).not.toContain('company_id');
  });

  it('names the field that a skill can’t do without', () => {
    expect(leftOut('find_contact', packPortalWith('contacts', without('phone', 'mobilephone')))).toEqual({
      reason: 'unknown_field',
      message: 'contacts: restSearch.where[0][0].field is not a field of contacts',
      missingScopes: [],
    });
    expect(leftOut('create_deal', packPortalWith('deals', without('dealname'))).reason).toBe('unknown_field');
  });

  it('is what an account’s rules require beyond what the skill can ask for', () => {
    const strict = packPortalWith('deals', (deals) => ({
      ...deals,
      requiredFields: [...deals.requiredFields, 'amount'],
    }));
    expect(leftOut('create_deal', strict)).toMatchObject({
      reason: 'required_field_unbound',
      message: expect.stringContaining('amount'),
    });
  });
});

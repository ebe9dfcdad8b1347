import type { ScriptedAnswer, ScriptedCall } from './scripted-transport.js';

export interface PortalContact {
  id: string;
  /** The primary one first. */
  emails: string[];
  /** Of those that were merged into it. */
  mergedIds?: string[];
}

export interface PortalRules {
  /** Whether a batch with a bad item fails as a whole, or answers 207 with the others created. */
  partial: boolean;
  /** Whether results and errors say which input they are about. */
  echoesTrace: boolean;
  /** Whether a refusal says what exactly is wrong. */
  talkative: boolean;
}

interface ItemError {
  status: number;
  category: string;
  message: string;
  code?: string;
  context?: Record<string, string[]>;
}

const TIMES = { createdAt: '2026-11-01T10:00:00.000Z', updatedAt: '2026-11-01T10:00:00.000Z', archived: false };

/**
 * As much of a portal as batch writes need, strict where HubSpot is, in each of the ways it is said to behave: unique
 * emails (secondary ones too), refused addresses, contacts that are deleted or merged. Everything it created can be
 * counted. Its bulk read doesn't follow merges.
 */
export class StrictPortal {
  readonly contacts: PortalContact[] = [];
  readonly entries: { id: string; type: string; contactId: string; properties: Record<string, string> }[] = [];
  readonly refusedEmails = new Set<string>();
  /** Whether what was done so far shows in searches. */
  isIndexed = true;
  private readonly deleted: PortalContact[] = [];
  private nextId = 1_000;

  constructor(private readonly rules: PortalRules) {}

  addContact(...emails: string[]): string {
    const id = String(this.nextId++);
    this.contacts.push({ id, emails });
    return id;
  }

  deleteContact(id: string): void {
    this.deleted.push(...this.take(id));
  }

  /** For good: no trace of it is left. */
  purgeContact(id: string): void {
    this.take(id);
  }

  mergeContact(id: string, into: string): void {
    const [merged] = this.take(id);
    const survivor = this.contacts.find((contact) => contact.id === into);
    if (merged === undefined || survivor === undefined) throw new Error('Both must be there');
    survivor.emails.push(...merged.emails);
    survivor.mergedIds = [...(survivor.mergedIds ?? []), ...(merged.mergedIds ?? []), id];
  }

  private take(id: string): PortalContact[] {
    return this.contacts.splice(
      this.contacts.findIndex((contact) => contact.id === id),
      1,
    );
  }

  answer = (call: ScriptedCall): ScriptedAnswer => {
    const [, type = '', verb = ''] = /\/(contacts|notes|calls)\/?(.*)$/.exec(call.path) ?? [];
    if (verb === 'batch/create') return this.create(type, call.inputs);
    if (verb === 'batch/read') return { status: 200, body: { status: 'COMPLETE', results: this.read(type, call) } };
    if (verb === 'search') return { status: 200, body: { results: this.isIndexed ? this.search(call) : [] } };
    const contact = this.contacts.find(({ id, mergedIds }) => id === verb || mergedIds?.includes(verb));
    return contact === undefined
      ? { status: 404, body: { message: 'resource not found' } }
      : { status: 200, body: present(contact) };
  };

  private create(type: string, inputs: Record<string, unknown>[]): ScriptedAnswer {
    const results: object[] = [];
    const errors: object[] = [];
    const before = { contacts: this.contacts.length, entries: this.entries.length };
    for (const input of inputs) {
      const error = type === 'contacts' ? this.refuseContact(input) : this.refuseEntry(input);
      if (error === undefined) results.push(this.commit(type, input));
      else if (this.rules.partial) errors.push(this.batchError(error, input));
      else {
        this.contacts.length = before.contacts;
        this.entries.length = before.entries;
        return { status: error.status, body: this.wholeError(error) };
      }
    }
    const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
    return { status: errors.length > 0 ? 207 : 201, body: { status: 'COMPLETE', results, ...failed } };
  }

  private refuseContact(input: Record<string, unknown>): ItemError | undefined {
    const email = propertiesOf(input)['email']?.toLowerCase();
    if (email === undefined) return undefined;
    if (this.refusedEmails.has(email)) {
      const message = this.rules.talkative ? `Email address ${email} is invalid` : 'not valid';
      return { status: 400, category: 'VALIDATION_ERROR', message, code: 'INVALID_EMAIL' };
    }
    const holder = this.contacts.find(({ emails }) => emails.includes(email));
    return (
      holder && { status: 409, category: 'CONFLICT', message: `Contact already exists. Existing ID: ${holder.id}` }
    );
  }

  private refuseEntry(input: Record<string, unknown>): ItemError | undefined {
    const contactId = contactOf(input);
    if (this.contacts.some(({ id }) => id === contactId)) return undefined;
    const context = this.rules.talkative ? { invalidObjectIds: [contactId] } : undefined;
    return {
      status: 400,
      category: 'VALIDATION_ERROR',
      message: 'One or more associations are invalid',
      code: 'INVALID_OBJECT_IDS',
      context,
    };
  }

  private commit(type: string, input: Record<string, unknown>): object {
    const properties = propertiesOf(input);
    const id = String(this.nextId++);
    if (type === 'contacts') {
      const email = properties['email']?.toLowerCase();
      this.contacts.push({ id, emails: email === undefined ? [] : [email] });
    } else this.entries.push({ id, type, contactId: contactOf(input), properties });
    const trace = this.rules.echoesTrace ? { objectWriteTraceId: input['objectWriteTraceId'] } : {};
    return { id, properties, ...TIMES, ...trace };
  }

  private batchError({ category, message, code, context }: ItemError, input: Record<string, unknown>): object {
    const trace = this.rules.echoesTrace ? { objectWriteTraceId: [input['objectWriteTraceId']] } : {};
    return { status: 'error', category, message, errors: [{ message, code, context }], context: trace, links: {} };
  }

  private wholeError({ category, message, code, context }: ItemError): object {
    return {
      status: 'error',
      category,
      message,
      correlationId: 'c-1',
      errors: code === undefined ? undefined : [{ message, code, context }],
    };
  }

  /** By tokens of the two lists that are searched for. */
  private search({ fields }: ScriptedCall): object[] {
    const groups = fields['filterGroups'] as { filters: { propertyName: string; value: string }[] }[];
    const isSought = ({ emails, mergedIds = [] }: PortalContact): boolean =>
      groups.some(({ filters }) =>
        filters.every(({ propertyName, value }) =>
          (propertyName === 'hs_additional_emails' ? emails.slice(1) : mergedIds).includes(value),
        ),
      );
    return this.contacts.filter(isSought).map((contact) => present(contact));
  }

  private read(type: string, { inputs, fields, query }: ScriptedCall): object[] {
    const keys = inputs.map(({ id }) => String(id));
    if (type !== 'contacts')
      return this.entries
        .filter(({ id }) => keys.includes(id))
        .map(({ id, properties }) => ({ id, properties, ...TIMES }));
    const byEmail = fields['idProperty'] === 'email';
    const archived = query?.['archived'] === 'true';
    return (archived ? this.deleted : this.contacts)
      .filter(({ id, emails }) => keys.includes(byEmail ? (emails[0] ?? '') : id))
      .map((contact) => ({ ...present(contact), archived }));
  }
}

function propertiesOf(input: Record<string, unknown>): Record<string, string> {
  return input['properties'] as Record<string, string>;
}

function contactOf(input: Record<string, unknown>): string {
  const [association] = input['associations'] as { to: { id: string } }[];
  return association?.to.id ?? '';
}

function present({ id, emails: [email, ...more], mergedIds = [] }: PortalContact): object {
  return {
    id,
    properties: {
      email: email ?? null,
      hs_additional_emails: more.join(';'),
      hs_merged_object_ids: mergedIds.join(';'),
      createdate: TIMES.createdAt,
    },
    ...TIMES,
  };
}

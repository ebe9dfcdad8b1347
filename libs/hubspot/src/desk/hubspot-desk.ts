import {
  type ContactProperty,
  CrmDeferredError,
  type CrmDesk,
  type CrmDirectory,
  type ShownContact,
  type ShownValue,
} from '@app/crm';
import type { Connection, ConnectionRepository } from '@app/tenants';
import type { RecordReader } from '../records/record-reader.js';
import type { ContactSchema } from './contact-schema.js';
import type { OwnerNames } from './owner-names.js';
import type { PropertyDefinition } from './property-definition.js';
import { SearchQueue } from './search-queue.js';
import { showValue } from './show-value.js';

/** HubSpot's type id of contacts in the addresses of its pages. */
const CONTACT_TYPE_ID = '0-1';

const OWNER = 'hubspot_owner_id';
const STAGE = 'lifecyclestage';
const ALWAYS_READ = ['firstname', 'lastname', 'email', 'phone', 'mobilephone', STAGE, OWNER] as const;

type Definitions = ReadonlyMap<string, PropertyDefinition>;

/** A portal's contacts for agents' eyes. */
export class HubSpotDesk implements CrmDesk {
  private readonly queue = new SearchQueue();

  /** @param appUrl scheme of HubSpot's pages, and their host where the portal doesn't name one. */
  constructor(
    private readonly records: RecordReader,
    private readonly directory: Pick<CrmDirectory, 'search'>,
    private readonly schema: ContactSchema,
    private readonly owners: OwnerNames,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly appUrl: string,
  ) {}

  /** One call; while nothing is remembered one or two more, for labels and the owner's name. */
  async findContact(tenantId: string, id: string, properties: readonly string[]): Promise<ShownContact | undefined> {
    const asked = [...new Set([...ALWAYS_READ, ...properties])];
    const [record, definitions, connection] = await Promise.all([
      this.records.readOne(tenantId, { objectType: 'contacts', properties: asked }, id),
      orWithout<Definitions>(this.schema.read(tenantId), new Map()),
      this.connections.find(tenantId),
    ]);
    if (record === undefined) return undefined;
    const values = record.properties;
    const ownerId = values[OWNER];
    const stage = values[STAGE];
    const shown = await Promise.all(
      properties.map(async (name): Promise<[string, ShownValue][]> => {
        const value = values[name];
        const definition = definitions.get(name);
        if (value === undefined || definition === undefined) return [];
        return [[name, await this.show(tenantId, value, definition, connection)]];
      }),
    );
    return {
      id: record.id,
      firstName: values['firstname'],
      lastName: values['lastname'],
      email: values['email'],
      phones: [values['phone'], values['mobilephone']].filter((phone) => phone !== undefined),
      lifecycleStage: stage === undefined ? undefined : (definitions.get(STAGE)?.options.get(stage) ?? stage),
      owner: ownerId === undefined ? undefined : await this.nameOwner(tenantId, ownerId),
      properties: Object.fromEntries(shown.flat()),
      url: this.urlOf(connection, record.id),
    };
  }

  /** One search. */
  async searchContacts(tenantId: string, query: string, limit: number, signal: AbortSignal): Promise<ShownContact[]> {
    const [found, connection] = await Promise.all([
      this.queue.run(tenantId, signal, () => this.directory.search(tenantId, query, limit, signal)),
      this.connections.find(tenantId),
    ]);
    return found.map(({ id, firstName, lastName, emails: [email], phones }) => ({
      id,
      firstName,
      lastName,
      email,
      phones,
      properties: {},
      url: this.urlOf(connection, id),
    }));
  }

  async listProperties(tenantId: string): Promise<ContactProperty[]> {
    return this.schema.list(tenantId);
  }

  forget(tenantId?: string): void {
    this.schema.forget(tenantId);
    this.owners.forget(tenantId);
  }

  private async show(
    tenantId: string,
    value: string,
    definition: PropertyDefinition,
    { timeZone }: Connection,
  ): Promise<ShownValue> {
    const name = definition.isOwner ? await this.nameOwner(tenantId, value) : undefined;
    const shown = showValue(value, definition, timeZone);
    return name === undefined ? shown : { ...shown, value: name, display: name };
  }

  private async nameOwner(tenantId: string, ownerId: string): Promise<string | undefined> {
    return orWithout(this.owners.find(tenantId, ownerId), undefined);
  }

  private urlOf({ portalId, uiDomain }: Connection, contactId: string): string | undefined {
    if (portalId === undefined) return undefined;
    const { protocol, host } = new URL(this.appUrl);
    const portal = `${protocol}//${uiDomain ?? host}/contacts/${encodeURIComponent(portalId)}`;
    return `${portal}/record/${CONTACT_TYPE_ID}/${encodeURIComponent(contactId)}`;
  }
}

/** Labels and owners are there or not: a contact without them is better than none. */
async function orWithout<T>(asked: Promise<T>, without: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CrmDeferredError) return without;
    throw error;
  }
}

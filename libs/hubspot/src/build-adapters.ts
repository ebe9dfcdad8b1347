import type { CrmDesk, CrmDirectory, CrmRecords, CrmSchema, CrmTimeline } from '@app/crm';
import type { Clock } from '@app/platform';
import type { ConnectionRepository } from '@app/tenants';
import type { TrafficClass } from './budget/rate-budget.js';
import type { ApiPaths } from './client/api-paths.js';
import type { HubSpotClient } from './client/hubspot-client.js';
import { ContactReader } from './contacts/contact-reader.js';
import { ContactSearch } from './contacts/contact-search.js';
import { CreateContacts } from './contacts/create-contacts.js';
import { HubSpotDirectory } from './contacts/hubspot-directory.js';
import { OwnerDirectory } from './owners/owner-directory.js';
import { ContactSchema } from './desk/contact-schema.js';
import { HubSpotDesk } from './desk/hubspot-desk.js';
import { OwnerNames } from './desk/owner-names.js';
import { BatchCreator } from './records/batch-creator.js';
import { HubSpotRecords } from './records/hubspot-records.js';
import { RecordReader } from './records/record-reader.js';
import { DefinitionReader } from './schema/definition-reader.js';
import { HubSpotSchema } from './schema/hubspot-schema.js';
import { HubSpotTimeline } from './timeline/hubspot-timeline.js';
import { ReadBack } from './timeline/read-back.js';
import { WriteEntries } from './timeline/write-entries.js';

interface Parts {
  client: HubSpotClient;
  paths: ApiPaths;
  traffic: TrafficClass;
}

export function buildDirectory({ client, paths, traffic }: Parts): CrmDirectory {
  const searches = new ContactSearch(client, paths);
  const contacts = new ContactReader(new RecordReader(client, paths, traffic), searches, traffic);
  const creator = new CreateContacts(new BatchCreator(client, paths, traffic), contacts, searches, traffic);
  return new HubSpotDirectory(contacts, searches, creator, traffic);
}

export function buildTimeline({
  client,
  paths,
  traffic,
  connections,
  appUrl,
  clock,
}: Parts & {
  connections: Pick<ConnectionRepository, 'find' | 'findKnownPortals'>;
  appUrl: string;
  clock: Clock;
}): CrmTimeline {
  const records = new RecordReader(client, paths, traffic);
  const writer = new WriteEntries(new BatchCreator(client, paths, traffic), records);
  const contacts = new ContactReader(records, new ContactSearch(client, paths), traffic);
  const reader = new ReadBack(client, paths, contacts, records, traffic);
  const owners = new OwnerDirectory(client, paths, traffic, clock);
  return new HubSpotTimeline(writer, reader, owners, connections, appUrl);
}

/** People look on: whatever it asks, it asks as an agent. */
export function buildDesk({
  client,
  paths,
  connections,
  appUrl,
  clock,
}: Omit<Parts, 'traffic'> & {
  connections: Pick<ConnectionRepository, 'find'>;
  appUrl: string;
  clock: Clock;
}): CrmDesk {
  const records = new RecordReader(client, paths, 'agent');
  const schema = new ContactSchema(client, paths, clock);
  const owners = new OwnerNames(client, paths, clock);
  const directory = buildDirectory({ client, paths, traffic: 'agent' });
  return new HubSpotDesk(records, directory, schema, owners, connections, appUrl);
}

export function buildSchema({
  client,
  paths,
  connections,
}: Pick<Parts, 'client' | 'paths'> & { connections: Pick<ConnectionRepository, 'find'> }): CrmSchema {
  return new HubSpotSchema(new DefinitionReader(client, paths), connections);
}

export function buildRecords({ client, paths }: Pick<Parts, 'client' | 'paths'>): CrmRecords {
  return new HubSpotRecords(client, paths);
}

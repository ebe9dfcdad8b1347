import { call, fields, unexpected } from './call.ts';
import { API_VERSION, DEMO } from './environment.ts';

/** What an AI agent of a shop is asked for that no object of HubSpot's own holds. */
const DEVICES = {
  name: 'devices',
  labels: { singular: 'Device', plural: 'Devices' },
  primaryDisplayProperty: 'serial_number',
  requiredProperties: ['serial_number'],
  searchableProperties: ['serial_number'],
  associatedObjects: ['contacts'],
  properties: [
    { name: 'serial_number', label: 'Serial number', type: 'string', fieldType: 'text', hasUniqueValue: true },
    {
      name: 'model',
      label: 'Model',
      type: 'enumeration',
      fieldType: 'select',
      options: [
        { label: 'Charger 65 W', value: 'charger_65' },
        { label: 'Charger 140 W', value: 'charger_140' },
        { label: 'Dock', value: 'dock' },
        { label: 'Power bank', value: 'power_bank' },
      ],
    },
    {
      name: 'condition',
      label: 'Condition',
      type: 'enumeration',
      fieldType: 'select',
      options: [
        { label: 'In use', value: 'in_use' },
        { label: 'In repair', value: 'in_repair' },
        { label: 'Lost', value: 'lost' },
      ],
    },
    { name: 'bought_on', label: 'Bought on', type: 'date', fieldType: 'date' },
  ],
};

const MODELS = ['charger_65', 'charger_140', 'dock', 'power_bank'];
const CONDITIONS = ['in_use', 'in_use', 'in_repair', 'in_use', 'lost'];
/** One for each of the oldest contacts. */
const COUNT = 60;
const FIRST_SALE = Date.UTC(2025, 0, 7);
const WEEK_MS = 7 * 86_400_000;
/** Contacts, as HubSpot numbers its object types. */
const CONTACTS = '0-1';

/** Makes the portal's custom object with its records, if it has none. */
export async function ensureCustomObject(simulatorUrl: string, { token }: { token: string }): Promise<void> {
  const schemas = `${simulatorUrl}/crm-object-schemas/${API_VERSION}/schemas`;
  const listed = await call(schemas, { token });
  const { results } = fields(listed.body);
  if (listed.status !== 200 || !Array.isArray(results)) throw unexpected('GET', schemas, listed.status);
  if (results.length > 0) return;
  const made = await call(schemas, { token, body: DEVICES });
  if (made.status !== 201) throw unexpected('POST', schemas, made.status);
  const { objectTypeId, associations } = fields(made.body);
  const tie = (Array.isArray(associations) ? (associations as unknown[]) : [])
    .map(fields)
    .find(({ fromObjectTypeId, toObjectTypeId }) => fromObjectTypeId === objectTypeId && toObjectTypeId === CONTACTS);
  const types = [{ associationCategory: 'USER_DEFINED', associationTypeId: Number(tie?.['id']) }];

  const contacts = `${simulatorUrl}/crm/objects/${API_VERSION}/contacts?limit=${COUNT}`;
  const owners = await call(contacts, { token });
  const ids = fields(owners.body)['results'];
  if (owners.status !== 200 || !Array.isArray(ids)) throw unexpected('GET', contacts, owners.status);
  const inputs = (ids as unknown[]).map((contact, index) => ({
    properties: {
      serial_number: `TL-${String(index + 1).padStart(5, '0')}`,
      model: MODELS[index % MODELS.length],
      condition: CONDITIONS[index % CONDITIONS.length],
      bought_on: new Date(FIRST_SALE + index * WEEK_MS).toISOString().slice(0, 10),
    },
    associations: [{ to: { id: fields(contact)['id'] }, types }],
  }));
  const records = `${simulatorUrl}/crm/objects/${API_VERSION}/${String(objectTypeId)}/batch/create`;
  const { status } = await call(records, { token, body: { inputs } });
  if (status !== 201) throw unexpected('POST', records, status);
}

interface Api {
  apiUrl: string;
  apiKey: string;
}

/** Makes the demo's AI agent, if the tenant has none at all. */
export async function ensureAiAgent({ apiUrl, apiKey }: Api): Promise<{ id: string; made: boolean }> {
  const url = `${apiUrl}/agents`;
  const listed = await call(`${url}?limit=1`, { token: apiKey });
  const agents = fields(listed.body)['data'];
  if (listed.status !== 200 || !Array.isArray(agents)) throw unexpected('GET', url, listed.status, listed.body);
  const { id } = fields(agents[0]);
  if (typeof id === 'string') return { id, made: false };
  const body = { name: DEMO.aiAgent, kind: 'voice', description: 'Answers the phone' };
  const made = await call(url, { token: apiKey, body });
  const { id: madeId } = fields(fields(made.body)['data']);
  if (made.status !== 201 || typeof madeId !== 'string') throw unexpected('POST', url, made.status, made.body);
  return { id: madeId, made: true };
}

/**
 * Connecting has it done in the background. This waits for it, so that what is printed can be tried at once; where it can't
 * be done now, the worker goes on trying.
 */
export async function installPack({ apiUrl, apiKey }: Api, aiAgentId: string): Promise<void> {
  const url = `${apiUrl}/agents/${aiAgentId}/integrations/hubspot/pack/install`;
  const { status, body } = await call(url, { method: 'POST', token: apiKey });
  if (status >= 300 && fields(body)['retryable'] !== true) throw unexpected('POST', url, status, body);
}

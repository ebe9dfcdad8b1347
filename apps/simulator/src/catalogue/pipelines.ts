import type { Pipeline } from './catalogue-types.js';

/** Default pipelines of `deals`, `tickets` and `contacts` (the lifecycle); empty for every other object type. */
export function defaultPipelines(objectType: string): readonly Pipeline[] {
  return pipelines[objectType] ?? [];
}

/** HubSpot's pipelines specification: what a portal starts with carries creation time 0. */
const EPOCH = '1970-01-01T00:00:00.000Z';

const stagesOf = (
  stages: readonly (readonly [id: string, label: string, metadata: Record<string, string>])[],
): Pipeline['stages'] =>
  stages.map(([id, label, metadata], displayOrder) => ({
    id,
    label,
    displayOrder,
    metadata,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    archived: false,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  }));

const deal = (probability: string, isClosed = 'false'): Record<string, string> => ({ isClosed, probability });
const ticket = (ticketState: 'OPEN' | 'CLOSED'): Record<string, string> => ({
  ticketState,
  isClosed: String(ticketState === 'CLOSED'),
});

const common = { displayOrder: 0, createdAt: EPOCH, updatedAt: EPOCH, archived: false };

const pipelines: Readonly<Record<string, readonly Pipeline[]>> = {
  deals: [
    {
      ...common,
      id: 'default',
      label: 'Sales Pipeline',
      stages: stagesOf([
        ['appointmentscheduled', 'Appointment Scheduled', deal('0.2')],
        ['qualifiedtobuy', 'Qualified To Buy', deal('0.4')],
        ['presentationscheduled', 'Presentation Scheduled', deal('0.6')],
        ['decisionmakerboughtin', 'Decision Maker Bought-In', deal('0.8')],
        ['contractsent', 'Contract Sent', deal('0.9')],
        ['closedwon', 'Closed Won', deal('1.0', 'true')],
        ['closedlost', 'Closed Lost', deal('0.0', 'true')],
      ]),
    },
  ],
  tickets: [
    {
      ...common,
      id: '0',
      label: 'Support Pipeline',
      stages: stagesOf([
        ['1', 'New', ticket('OPEN')],
        ['2', 'Waiting on contact', ticket('OPEN')],
        ['3', 'Waiting on us', ticket('OPEN')],
        ['4', 'Closed', ticket('CLOSED')],
      ]),
    },
  ],
  contacts: [
    {
      ...common,
      id: 'contacts-lifecycle-pipeline',
      label: 'Lifecycle Stage Pipeline',
      stages: stagesOf([
        ['subscriber', 'Subscriber', {}],
        ['lead', 'Lead', {}],
        ['marketingqualifiedlead', 'Marketing Qualified Lead', {}],
        ['salesqualifiedlead', 'Sales Qualified Lead', {}],
        ['opportunity', 'Opportunity', {}],
        ['customer', 'Customer', {}],
        ['evangelist', 'Evangelist', {}],
        ['other', 'Other', {}],
      ]),
    },
  ],
};

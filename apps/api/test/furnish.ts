import { waitFor } from '@app/testing';
import type { ConsoleHouse } from './console-house.js';

const CHAT = [
  ['customer', 'Hello! My order came today, but the charger isn’t in the box.'],
  ['agent', 'I am sorry to hear that. May I have the order number?'],
  ['customer', 'It is 20418. I need it by Friday, is that possible?'],
  ['agent', 'A new charger leaves our warehouse this afternoon. It should be there on Thursday.'],
  ['customer', 'Perfect, thank you!'],
] as const;

/** Names and facts that a panel and a table are usually full of. */
const PEOPLE = [
  ['Mara', 'Lindqvist', 'Head of Operations', 'Nordlicht Bikes', 'Hamburg'],
  ['Tomás', 'Herrera', 'Buyer', 'Casa Herrera', 'Valencia'],
  ['Priya', 'Raman', 'Product Manager', 'Blue Harbor', 'Bristol'],
  ['Jonas', 'Weber', 'Owner', 'Weber & Sohn', 'Leipzig'],
  ['Aiko', 'Tanaka', 'Designer', 'Studio Kumo', 'Osaka'],
  ['Lena', 'Fischer', 'Accountant', 'Fischer Steuerberatung', 'Graz'],
  ['Omar', 'Haddad', 'IT Lead', 'Cedar Clinics', 'Lyon'],
  ['Clara', 'Rossi', 'Store Manager', 'Rossi Tessuti', 'Bologna'],
  ['Noah', 'Bennett', 'Founder', 'Bennett Audio', 'Leeds'],
  ['Inês', 'Costa', 'Procurement', 'Porto Mar', 'Porto'],
  ['Felix', 'Brandt', 'Logistics', 'Brandt Kontor', 'Bremen'],
  ['Yusuf', 'Demir', 'Engineer', 'Anadolu Solar', 'Izmir'],
] as const;

/** Without accents. */
function emailOf(firstName: string, lastName: string): string {
  return `${firstName}.${lastName}@customers.example`
    .normalize('NFD')
    .replaceAll(/[^\w.@]/g, '')
    .toLowerCase();
}

const WAITING = [
  'Can I change the delivery address?',
  'The invoice has the wrong VAT number.',
  'Hi, is anybody there?',
];

/** Closed conversations: more than a screen of them, over the last two weeks. */
const CLOSED = 15;
const DAYS = 13;

interface Stats {
  written: number;
  skipped: Record<string, number>;
  failed: Record<string, number>;
}

/**
 * A tenant in the middle of its work: chats that wait, two weeks of deliveries of every fate, a portal with people in it.
 * @returns the conversation to look at.
 */
export async function furnish(house: ConsoleHouse): Promise<{ conversationId: string }> {
  const { hubId } = await house.connect({ enable: true });
  await house.call('PATCH', '/integrations/hubspot/options', {
    outboundSearch: true,
    panelProperties: ['jobtitle', 'company', 'city'],
  });
  const seeded = await house.simulator.control.records(hubId, 'contacts');
  const owner = seeded.find(({ properties }) => properties['hubspot_owner_id'])?.properties['hubspot_owner_id'];
  await house.simulator.control.createRecords(
    hubId,
    'contacts',
    PEOPLE.map(([firstname, lastname, jobtitle, company, city], index) => ({
      properties: {
        firstname,
        lastname,
        jobtitle,
        company,
        city,
        email: emailOf(firstname, lastname),
        phone: `+4930555010${String(index).padStart(2, '0')}`,
        lifecyclestage: 'customer',
        ...(owner === undefined || owner === null ? {} : { hubspot_owner_id: owner }),
      },
    })),
  );
  const customerAt = (index: number): object => {
    const [firstName, lastName] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
    return { email: emailOf(firstName, lastName), firstName, lastName };
  };

  const open = (customer: object, messages: object[]): Promise<{ id: string }> =>
    house.call('POST', '/conversations', { channel: 'chat', customer, agent: { name: 'Robin' }, messages });
  for (const [index, text] of WAITING.entries()) await open(customerAt(index + 1), [message('customer', text)]);
  const { id: conversationId } = await open(
    customerAt(0),
    CHAT.map(([author, text]) => message(author, text)),
  );

  const closedAt = new Date().toISOString();
  const close = (customers: object[]): Promise<unknown> =>
    house.call('POST', '/conversations/batch', {
      conversations: customers.map((customer) => ({
        channel: 'chat',
        customer,
        closedAt,
        messages: [message('customer', 'Thank you!')],
      })),
    });
  const known = Array.from({ length: CLOSED - 4 }, (_, index) => customerAt(index + 4));
  const strangers = [{ email: 'grace@hopper.example', firstName: 'Grace', lastName: 'Hopper' }, {}, {}];
  await close([...known, ...strangers]);
  await settled(house, CLOSED - 1);
  await house.simulator.control.changePortal(hubId, {
    flags: { enforceRequiredProperties: true, requiredProperties: { notes: ['hubspot_owner_id'] } },
  });
  await close([customerAt(CLOSED)]);
  await settled(house, CLOSED);
  await house.sql.query(
    `UPDATE deliveries d SET closed_at = d.closed_at - make_interval(days => n.days)
     FROM (SELECT id, (row_number() OVER (ORDER BY id DESC) * 7 % $1)::int AS days FROM deliveries) n WHERE d.id = n.id`,
    [DAYS],
  );
  return { conversationId };
}

function message(author: string, text: string): object {
  return { author, text, ...(author === 'agent' && { name: 'Robin' }) };
}

async function settled(house: ConsoleHouse, count: number): Promise<void> {
  await waitFor(
    async () => {
      const { written, skipped, failed } = await house.call<Stats>('GET', '/integrations/hubspot/writeback/stats');
      const refused = [...Object.values(skipped), ...Object.values(failed)];
      return written + refused.reduce((sum, each) => sum + each, 0) === count;
    },
    { timeoutMs: 60_000, what: `${count} deliveries to be settled` },
  );
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { defaultPipelines, propertiesOf, type Owner } from '../catalogue/index.js';
import { registerPages, type PageAssociation, type PagePortal, type PageRecord, type PagesSource } from './index.js';
import { duration } from './present-values.js';

const record = (
  objectType: string,
  id: string,
  properties: Record<string, string | null>,
  rest: Partial<PageRecord> = {},
): PageRecord => ({
  objectType,
  id,
  properties,
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-01-03T03:04:05.678Z',
  archived: false,
  ...rest,
});

const note = (id: string, at: string, body: string): PageRecord =>
  record('notes', id, { hs_timestamp: at, hs_note_body: body });

const records = [
  record('contacts', '101', {
    firstname: '<b>Robert</b>',
    lastname: "O'Quote",
    email: 'bobby@inbox.example.com',
    lifecyclestage: 'salesqualifiedlead',
    hubspot_owner_id: '7',
    website: 'https://a.example/?a=1&b=2',
    company: 'A&B',
  }),
  record('contacts', '102', { firstname: 'Gone', lastname: 'Person' }, { archived: true }),
  record('contacts', '103', { firstname: null, lastname: null, email: null, phone: '+49 30 901820' }),
  record('companies', '201', { name: 'Kestrel <Optics>' }),
  note('9', '2026-02-01T10:00:00.000Z', '<p>older</p>'),
  note('301', '2026-03-01T10:00:00.000Z', '<p>part one</p>'),
  note('303', '2026-03-01T10:00:00.000Z', '<p>part three</p>'),
  note('302', '2026-03-01T10:00:00.000Z', '<p onclick="x()">part two<script>alert(1)</script></p>'),
  record('calls', '400', {
    hs_timestamp: '1775037600000',
    hs_call_title: 'Demo',
    hs_call_direction: 'INBOUND',
    hs_call_status: 'NO_ANSWER',
    hs_call_duration: '3723000',
    hs_call_recording_url: 'javascript:alert(1)',
    hs_call_body: '<p>spoke</p>',
  }),
  record('communications', '500', {
    hs_timestamp: '2026-01-01T00:00:00Z',
    hs_communication_channel_type: 'WHATS_APP',
    hs_communication_body: 'hi',
  }),
  note('999', '2026-03-02T10:00:00.000Z', '<p>deleted</p>'),
].map((each) => (each.id === '999' ? { ...each, archived: true } : each));

const portal: PagePortal = {
  hubId: 1234567,
  name: 'Demo & Co',
  uiDomain: 'app.example.com',
  accountType: 'STANDARD',
  timeZone: 'Europe/Berlin',
  counts: { contacts: 1200, notes: 7 },
};
const owner: Owner = {
  id: '7',
  email: 'o@x.example',
  firstName: 'Ada',
  lastName: 'Owner',
  type: 'PERSON',
  userId: 1,
  userIdIncludingInactive: 1,
  createdAt: '',
  updatedAt: '',
  archived: false,
  teams: [],
};

const source: PagesSource = {
  portals: () => [portal],
  portal: (hubId) => (hubId === portal.hubId ? portal : undefined),
  contacts: (_hubId, { query, offset, limit }) => {
    const found = Array.from({ length: 120 }, (_, index) =>
      record('contacts', String(index + 1), { firstname: `Person ${index + 1}` }),
    ).filter(({ properties }) => properties['firstname']?.includes(query));
    return { total: found.length, records: found.slice(offset, offset + limit) };
  },
  record: (_hubId, objectType, id) =>
    records.find((each) => each.objectType === objectType && each.id === (id === '100' ? '101' : id)),
  associationsOf: (_hubId, objectType, id): PageAssociation[] =>
    objectType === 'contacts' && id === '101'
      ? records
          .filter(({ objectType: type }) => type !== 'contacts')
          .map((each) => ({
            objectType: each.objectType,
            id: each.id,
            types: [
              { category: 'HUBSPOT_DEFINED', typeId: 1, label: each.objectType === 'companies' ? 'Primary' : null },
            ],
          }))
      : [],
  owner: (_hubId, id) => (id === '7' ? owner : undefined),
  properties: (_hubId, objectType) => propertiesOf(objectType),
  pipelines: (_hubId, objectType) => defaultPipelines(objectType),
};

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify();
  registerPages(app, source);
  await app.ready();
});
afterAll(() => app.close());

const get = async (url: string, headers: Record<string, string> = {}) => {
  const { statusCode, body, headers: answered } = await app.inject({ url, headers });
  // White space between tags means nothing to a reader.
  const flat = body
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?(<\/?(?:p|dl|div|dt|dd|h1|h2|h3|li|ul|header)\b[^>]*>) ?/g, '$1');
  return { status: statusCode, body: flat, headers: answered };
};

describe('the portals page', () => {
  it('names every portal with its counts and leads to its contacts', async () => {
    const { status, body } = await get('/portals');
    expect(status).toBe(200);
    expect(body).toContain('<a href="/contacts/1234567" dir="auto">Demo &amp; Co</a>');
    expect(body).toContain('<dt>contacts</dt><dd>1,200</dd>');
  });
});

describe('the contacts page', () => {
  it('pages through the contacts', async () => {
    const first = await get('/contacts/1234567');
    expect(first.body).toContain('120 contacts');
    expect(first.body.match(/<th scope="row">/g)).toHaveLength(50);
    expect(first.body).toContain('href="/contacts/1234567?page=2"');
    const last = await get('/contacts/1234567?page=3');
    expect(last.body.match(/<th scope="row">/g)).toHaveLength(20);
    expect(last.body).toContain('<span class="button" aria-disabled="true">Older →</span>');
    expect((await get('/contacts/1234567/objects/0-1/views/all/list')).body).toBe(first.body);
  });

  it('searches, and keeps the search while paging', async () => {
    const { body } = await get('/contacts/1234567?q=Person 1');
    expect(body).toContain('for “Person 1”');
    expect(body).not.toContain('Person 2<');
    expect((await get('/contacts/1234567?q=Person&page=2')).body).toContain(
      'href="/contacts/1234567?q=Person&amp;page=3"',
    );
  });

  it.each([['"><script>x</script>'], ["' onmouseover='x"]])('escapes a search for %s', async (query) => {
    const { body } = await get(`/contacts/1234567?q=${encodeURIComponent(query)}`);
    expect(body).toContain('No match');
    expect(body).not.toContain(query);
  });

  it.each([['page=0'], ['page=-3'], ['page=abc'], ['page=2&page=3'], ['q=a&q=b']])('survives ?%s', async (query) => {
    expect((await get(`/contacts/1234567?${query}`)).status).toBe(200);
  });
});

describe('a record page', () => {
  it('stands under HubSpot’s deep link, with what follows it, and shows values as a person reads them', async () => {
    const { status, body } = await get('/contacts/1234567/record/0-1/101');
    expect(status).toBe(200);
    expect((await get('/contacts/1234567/record/0-1/101/view/1?engagement=301')).body).toBe(body);
    expect(body).toContain('<h1 dir="auto">&lt;b&gt;Robert&lt;/b&gt; O&#39;Quote</h1>');
    expect(body).toContain('<dd>Sales Qualified Lead</dd>');
    expect(body).toContain('<dd>Ada Owner</dd>');
    expect(body).toContain('href="https://a.example/?a=1&amp;b=2"');
    expect(body).toContain('<time datetime="2026-01-02T03:04:05.678Z"');
    expect(body).toContain(
      'href="/contacts/1234567/record/0-2/201" dir="auto">Kestrel &lt;Optics&gt;</a> <span class="tag">Primary</span>',
    );
  });

  it('orders the timeline newest first and the parts of one time as they were created', async () => {
    const { body } = await get('/contacts/1234567/record/0-1/101');
    const order = [...body.matchAll(/<article [^>]*? id="([^"]+)"/g)].map(([, id]) => id);
    expect(order).toEqual(['call-400', 'note-301', 'note-302', 'note-303', 'note-9', 'communication-500']);
  });

  it('sanitises bodies again and never makes a link of a script', async () => {
    const { body } = await get('/contacts/1234567/record/0-1/101');
    expect(body).toContain('<p>part two</p>');
    expect(body).not.toContain('alert(1)');
    expect(body).toContain('<p class="muted">inbound · no answer · 1 h 02 min 03 s</p>');
    expect(body).toContain('<h3>WhatsApp</h3>');
  });

  it('leads from a merged id to the survivor', async () => {
    const { status, headers } = await get('/contacts/1234567/record/0-1/100');
    expect([status, headers.location]).toEqual([302, '/contacts/1234567/record/0-1/101']);
  });

  it('says that a record is deleted, that it is unnamed, that nothing is there', async () => {
    expect((await get('/contacts/1234567/record/0-1/102')).body).toContain('recycling bin');
    expect((await get('/contacts/1234567/record/0-1/103')).body).toContain('<h1 dir="auto">+49 30 901820</h1>');
    expect((await get('/contacts/1234567/record/0-1/103')).body).toContain('Nothing here yet');
  });

  it.each([
    '/contacts/1/record/0-1/101',
    '/contacts/1234567/record/0-1/555',
    '/contacts/1234567/record/9-9/1',
    '/contacts/nonsense',
  ])('answers 404 at %s', async (url) => {
    const { status, body } = await get(url);
    expect(status).toBe(404);
    expect(body).toContain('Not found');
  });

  it('shows other record types too', async () => {
    expect((await get('/contacts/1234567/record/0-2/201')).body).toContain(
      '<h1 dir="auto">Kestrel &lt;Optics&gt;</h1>',
    );
  });
});

describe('every page', () => {
  it.each(['/portals', '/contacts/1234567', '/contacts/1234567/record/0-1/101', '/contacts/nonsense'])(
    'is guarded at %s',
    async (url) => {
      const { headers, body } = await get(url);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).not.toMatch(/<script>|\son\w+=/);
      expect(body).toContain('name="viewport"');
    },
  );

  it('costs a 304 when nothing changed', async () => {
    const { headers } = await get('/contacts/1234567/record/0-1/101');
    const again = await get('/contacts/1234567/record/0-1/101', { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await get('/contacts/1234567/record/0-1/102', { 'if-none-match': String(headers.etag) })).status).toBe(200);
  });

  it('finds its stylesheet and its script', async () => {
    expect((await get('/_pages/style.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    expect((await get('/_pages/refresh.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [999, '1 s'],
    [61_000, '1 min 01 s'],
    [3_600_000, '1 h 00 min 00 s'],
  ])('says %d ms as %s', (ms, said) => {
    expect(duration(ms)).toBe(said);
  });
});

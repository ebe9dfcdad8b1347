import { afterEach, describe, expect, it } from '@jest/globals';
import { type ListeningHubSpot, startListeningHubSpot, type WireAnswer } from '../../testing/listening-hubspot.js';
import { classifyAnswer } from './classify-answer.js';
import { type HubSpotCall, HubSpotTransport } from './hubspot-transport.js';
import { Stopping } from './stopping.js';

const call: HubSpotCall = {
  accessToken: 'pat-na1-secret',
  method: 'POST',
  path: '/crm/x',
  body: { inputs: [{ id: '1' }] },
};

describe('HubSpotTransport', () => {
  let hubspot: ListeningHubSpot | undefined;

  afterEach(async () => {
    await hubspot?.close();
    hubspot = undefined;
  });

  async function listening(answer: WireAnswer): Promise<ListeningHubSpot> {
    hubspot = await startListeningHubSpot(() => answer);
    return hubspot;
  }

  it('sends method, path, query, JSON and the bearer token, and hands the answer back unjudged', async () => {
    const { url, seen } = await listening({
      status: 207,
      body: { results: [] },
      headers: { 'X-HubSpot-RateLimit-Max': '190' },
    });
    const reply = await new HubSpotTransport(url).send({ ...call, query: { archived: 'false', q: 'a b&c' } });
    expect(reply).toMatchObject({ status: 207, text: '{"results":[]}', headers: { 'x-hubspot-ratelimit-max': '190' } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/crm/x?archived=false&q=a+b%26c',
      text: '{"inputs":[{"id":"1"}]}',
    });
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer pat-na1-secret',
      'content-type': 'application/json',
    });
  });

  it('cuts the socket when HubSpot does not answer in time', async () => {
    const { url, hungUp } = await listening('silence');
    const reply = await new HubSpotTransport(url, 100).send(call);
    expect(classifyAnswer(reply, { write: true, now: new Date() })).toMatchObject({
      committed: 'unknown',
      detail: 'HubSpot did not answer in time',
    });
    await expect(hungUp).resolves.toBeUndefined();
  });

  it('cuts the socket a while after the process was told to end', async () => {
    const { url, hungUp } = await listening('silence');
    const stopping = new Stopping(false, 50);
    const sending = new HubSpotTransport(url, 60_000, stopping).send(call);
    stopping.begin();
    expect(classifyAnswer(await sending, { write: true, now: new Date() })).toMatchObject({
      committed: 'unknown',
      lostConnection: false,
    });
    await expect(hungUp).resolves.toBeUndefined();
  });

  it('does not follow a redirect with the token', async () => {
    const { url, seen } = await listening({ status: 302, headers: { location: '/elsewhere' } });
    const reply = await new HubSpotTransport(url).send(call);
    expect(classifyAnswer(reply, { write: true, now: new Date() })).toMatchObject({
      outcome: 'unavailable',
      committed: 'no',
    });
    expect(seen).toHaveLength(1);
  });

  it.each(['reset', 'break_off'] as const)(
    'leaves a write unknown after a %s, and never says the token',
    async (answer) => {
      const { url } = await listening(answer);
      const reply = await new HubSpotTransport(url).send(call);
      const classified = classifyAnswer(reply, { write: true, now: new Date() });
      expect(classified).toMatchObject({ outcome: 'unavailable', committed: 'unknown', lostConnection: true });
      expect(JSON.stringify(classified)).not.toContain('secret');
    },
  );

  it('knows that nothing was sent when nobody listens', async () => {
    const { url, close } = await startListeningHubSpot(() => 'silence');
    await close();
    const reply = await new HubSpotTransport(url).send(call);
    expect(classifyAnswer(reply, { write: true, now: new Date() })).toMatchObject({
      outcome: 'unavailable',
      committed: 'no',
    });
  });
});

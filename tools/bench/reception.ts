import { setTimeout as delay } from 'node:timers/promises';
import { PlainFailure } from '../errors/plain-failure.ts';
import type { Simulator } from './simulator.ts';
import { callApi, type Tenant } from './tenant.ts';

/** One run of a skill, with the call that confirms it where it asks. */
export interface SkillRun {
  ms: number;
  /** Reasons of 3002, each of which was followed by another try after the time it named. */
  again: string[];
}

interface Caller {
  skill: string;
  /** @throws PlainFailure when what comes back is not what was to come. */
  call: () => Promise<SkillRun>;
}

/** An AI agent with the Connector Pack, and who calls it. */
export interface Reception {
  callers: readonly Caller[];
  /** @returns how many contacts the callers are, old and new. @throws PlainFailure: figures of wrong work are none. */
  verify: () => Promise<number>;
}

interface Answer {
  outcome: string;
  records?: { id: string }[];
  confirmation?: { token: string };
}

interface Problem {
  code?: number;
  reason?: string;
  retry_after?: number;
}

/** Contacts that callers are found as. */
const KNOWN = 500;
/** Conversations whose customer has shown to be a contact, which updates need. */
const VERIFIED = 20;
/** New York as the backlog's, far from its numbers. */
const KNOWN_NUMBERS = 7_000_000;
const NEW_NUMBERS = 8_000_000;
/** Whatever is said to try again is done by then: an unknown outcome settles in 90 s. */
const WITHIN_MS = 180_000;

export async function openReception(tenant: Tenant, simulator: Simulator, hubId: number): Promise<Reception> {
  const known = await simulator.createContacts(
    hubId,
    Array.from({ length: KNOWN }, (_, index) => ({
      firstname: `Caller${index}`,
      phone: numberOf(KNOWN_NUMBERS, index),
    })),
  );
  const { data: agent } = await callApi<{ data: { id: string } }>(tenant, 'POST', '/agents', {
    name: 'Reception',
    kind: 'voice',
  });
  await callApi(tenant, 'POST', `/agents/${agent.id}/integrations/hubspot/pack/install`);
  const conversations = await Promise.all(
    known.slice(0, VERIFIED).map((contactId, index) => verified(tenant, contactId, numberOf(KNOWN_NUMBERS, index))),
  );
  const run = (skill: string, body: object): Promise<SkillRun & { answer: Answer }> =>
    runSkill(tenant, `/agents/${agent.id}/skills/${skill}/execute`, body);
  const made: string[] = [];
  const titles = new Map<string, string>();

  return {
    callers: [
      {
        skill: 'find_contact',
        call: inTurn(async (turn) => {
          const index = turn % KNOWN;
          const { answer, ...took } = await run('find_contact', {
            arguments: { phone: numberOf(KNOWN_NUMBERS, index) },
          });
          expectRecord('find_contact', answer, { outcome: 'found', id: known[index] });
          return took;
        }),
      },
      {
        skill: 'create_contact',
        // Every second one has the number already.
        call: inTurn(async (turn) => {
          const index = turn % KNOWN;
          const isKnown = turn % 2 === 1;
          const phone = isKnown ? numberOf(KNOWN_NUMBERS, index) : numberOf(NEW_NUMBERS, turn);
          if (!isKnown) made.push(phone);
          const { answer, ...took } = await run('create_contact', { arguments: { phone, first_name: `Made${turn}` } });
          const outcome = isKnown ? 'already_there' : 'created';
          expectRecord('create_contact', answer, { outcome, id: isKnown ? known[index] : undefined });
          return took;
        }),
      },
      {
        skill: 'update_contact',
        call: inTurn(async (turn) => {
          const contactId = known[turn % VERIFIED] ?? '';
          const title = `Title ${turn}`;
          titles.set(contactId, title);
          const { answer, ...took } = await run('update_contact', {
            arguments: { contact_id: contactId, job_title: title },
            conversationId: conversations[turn % VERIFIED],
          });
          expectRecord('update_contact', answer, { outcome: 'updated', id: contactId });
          return took;
        }),
      },
    ],
    verify: async () => {
      const contacts = await simulator.records(hubId, 'contacts');
      const byPhone = new Map<string, number>();
      for (const { properties } of contacts) {
        const phone = properties['phone'] ?? '';
        byPhone.set(phone, (byPhone.get(phone) ?? 0) + 1);
      }
      const wrong = made.filter((phone) => byPhone.get(phone) !== 1);
      const kept = new Map(contacts.map(({ id, properties }) => [id, properties['jobtitle']]));
      const unchanged = Array.from(titles).filter(([id, title]) => kept.get(id) !== title);
      if (wrong.length > 0 || unchanged.length > 0) {
        throw new PlainFailure(
          `${wrong.length} of ${made.length} new callers are not one contact, ${unchanged.length} of ${titles.size} changes are missing`,
        );
      }
      return KNOWN + made.length;
    },
  };
}

function numberOf(from: number, index: number): string {
  return `+1212${from + index}`;
}

function inTurn(call: (turn: number) => Promise<SkillRun>): () => Promise<SkillRun> {
  let turn = 0;
  return () => call(turn++);
}

/** An open conversation whose customer has shown to be the contact. */
async function verified(tenant: Tenant, contactId: string, phone: string): Promise<string> {
  const { data } = await callApi<{ data: { id: string } }>(tenant, 'POST', '/conversations', {
    channel: 'voice',
    customer: { phone },
  });
  await callApi(tenant, 'POST', `/conversations/${data.id}/verification`, {
    contactId,
    method: 'one_time_code',
    verifiedBy: 'Phone system',
  });
  return data.id;
}

/** The caller says yes at once, and whoever is told to try again does, when they were told to. */
async function runSkill(tenant: Tenant, path: string, body: object): Promise<SkillRun & { answer: Answer }> {
  const begun = performance.now();
  const again: string[] = [];
  let confirmation: string | undefined;
  for (;;) {
    const { status, data, problem } = await ask(tenant, path, { ...body, confirmation });
    if (status === 200 && data?.outcome === 'confirmation_required') {
      confirmation = data.confirmation?.token;
      continue;
    }
    const ms = performance.now() - begun;
    if (status === 200 && data !== undefined) return { ms, again, answer: data };
    if (problem?.code !== 3002 || ms > WITHIN_MS) {
      throw new PlainFailure(`POST ${path} answered ${status}: ${JSON.stringify(problem)}`);
    }
    again.push(problem.reason ?? 'no reason');
    await delay((problem.retry_after ?? 1) * 1_000);
  }
}

async function ask(
  { url, apiKey }: Tenant,
  path: string,
  body: object,
): Promise<{ status: number; data?: Answer; problem?: Problem }> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { status } = response;
  const answer = (await response.json()) as { data?: Answer } & Problem;
  return response.ok ? { status, data: answer.data } : { status, problem: answer };
}

function expectRecord(skill: string, answer: Answer, expected: { outcome: string; id: string | undefined }): void {
  const id = answer.records?.[0]?.id;
  if (answer.outcome === expected.outcome && id !== undefined && id === (expected.id ?? id)) return;
  throw new PlainFailure(`${skill} answered ${answer.outcome} (${id}) instead of ${expected.outcome} (${expected.id})`);
}

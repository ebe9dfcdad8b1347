import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationAnswer, DeliveryAnswer, TenantApi } from '../tenant-api.js';
import type { Draft } from './backlog.js';
import type { Tenant } from './house.js';
import type { AcknowledgedConversation } from './oracle.js';

interface Problem {
  detail?: string;
  retryable?: boolean;
}
type ItemAnswer = { status: number; data?: ConversationAnswer; problem?: Problem };

const BATCH = 100;
const PATIENCE_MS = 60_000;

/**
 * Hands conversations over as a careful client does: whatever was not acknowledged is sent again, by its external id,
 * for as long as the API is away or says that trying again makes sense.
 */
export async function handOver(tenant: Tenant, drafts: readonly Draft[]): Promise<AcknowledgedConversation[]> {
  const acknowledged: AcknowledgedConversation[] = [];
  for (let from = 0; from < drafts.length; from += BATCH) {
    let open = drafts.slice(from, from + BATCH);
    const deadline = Date.now() + PATIENCE_MS;
    while (open.length > 0) {
      if (Date.now() > deadline) throw new Error(`The API took no conversations for ${PATIENCE_MS / 1000} s`);
      const answers = await tryToPost(tenant.api(), open);
      const refused: Draft[] = [];
      for (const [at, draft] of open.entries()) {
        const id = answers[at];
        if (id === undefined) refused.push(draft);
        else acknowledged.push({ ...draft, id });
      }
      open = refused;
      if (open.length > 0) await sleep(100);
    }
  }
  return acknowledged;
}

/** @returns the id of each conversation that was taken. */
async function tryToPost(api: TenantApi, drafts: readonly Draft[]): Promise<(string | undefined)[]> {
  const answer = await api
    .post<ItemAnswer[]>('/conversations/batch', { conversations: drafts })
    .catch((error: unknown) => ({ error }));
  // The connection broke: taken or not, nobody knows.
  if ('error' in answer) return [];
  if (answer.status >= 300) {
    checkRetryable(answer.body as unknown as Problem, answer.status);
    return [];
  }
  return answer.body.data.map(({ status, data, problem }) => {
    if (data !== undefined) return data.id;
    checkRetryable(problem, status);
    return undefined;
  });
}

/** An API in trouble must say so in a way that a client can act on. */
function checkRetryable(problem: Problem | undefined, status: number): void {
  if (problem?.retryable !== true) throw new Error(`The API refused for good (${status}): ${problem?.detail ?? ''}`);
}

/**
 * What failed is replayed, as a person does who has mended what was wrong.
 * @returns the deliveries as they failed.
 */
export async function replayFailed({ api }: Tenant): Promise<DeliveryAnswer[]> {
  const failed = (await api().deliveries()).filter(({ status }) => status === 'failed');
  for (const { id } of failed) {
    const { status } = await api().post(`/integrations/hubspot/deliveries/${id}/replay`);
    if (status >= 300) throw new Error(`A failed delivery could not be replayed: ${status}`);
  }
  return failed;
}

import type { Database, Logger } from '@app/platform';
import type { ClosedConversation } from '../conversations/conversation.js';
import type { ClaimedDelivery } from '../deliver/delivery-outcome.js';
import type { Drain } from '../deliver/drain-ledger.js';
import { type DrainRun, goesOn } from '../deliver/drain-run.js';
import { LoopSlices } from '../deliver/loop-slices.js';
import { scrubInSteps } from '../scrub/scrub-conversation.js';
import { extractInSteps } from './extract-summary.js';
import type { Summariser } from './summariser.port.js';

/** What a batch waits for all its summaries; those that are not there by then are made of the conversation's sentences. */
const PATIENCE_MS = 15_000;

export interface MadeSummary {
  text: string;
  /** What a person should know of it. */
  note?: string;
}

const MADE_WITHOUT = 'The summary is of the conversation’s own sentences, since the model gave none';

/**
 * Summaries by a model for those deliveries that need one, kept with the delivery before anything is written: every
 * attempt renders the same text. Never fails and never holds up: without an answer the built-in summariser makes one.
 */
export class MakeSummaries {
  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    /** Undefined: no model is configured, and what is not kept is left to the built-in one. */
    private readonly model?: Summariser,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Throws CrmDeferredError when the process is about to end. @returns by delivery id; what is absent has one of its caller, needs none, or is left to the built-in one. */
  async execute(
    run: DrainRun,
    claims: readonly ClaimedDelivery[],
    conversations: ReadonlyMap<string, ClosedConversation>,
  ): Promise<Map<string, MadeSummary>> {
    const kept = claims.flatMap(({ id, summary }) => (summary === undefined ? [] : [[id, { text: summary }] as const]));
    const made = new Map<string, MadeSummary>(kept);
    const { model } = this;
    if (model === undefined) return made;
    const signal = AbortSignal.any([AbortSignal.timeout(this.patienceMs), ...(run.stop ? [run.stop] : [])]);
    const fresh = await Promise.all(
      claims.filter(needsSummary).map(async ({ id, conversationId }) => {
        const conversation = conversations.get(conversationId);
        if (conversation === undefined || conversation.summary !== undefined) return undefined;
        return this.make(model, id, conversation, signal);
      }),
    );
    // What was not waited for says nothing about the model: the next process asks it again.
    goesOn(run);
    const summaries = fresh.filter((one) => one !== undefined);
    await this.keep(run.drain, summaries);
    for (const { id, text, note } of summaries) made.set(id, { text, note });
    return made;
  }

  private async make(
    model: Summariser,
    id: string,
    conversation: ClosedConversation,
    signal: AbortSignal,
  ): Promise<(MadeSummary & { id: string }) | undefined> {
    let scrubbed: ClosedConversation;
    try {
      ({ conversation: scrubbed } = await new LoopSlices().run(scrubInSteps(conversation)));
    } catch {
      // Whoever renders it meets the same, and says so on the delivery.
      return undefined;
    }
    try {
      return { id, text: await untilAborted(model.summarise(scrubbed, signal), signal) };
    } catch (error) {
      this.logger.warn(
        { deliveryId: id, reason: error instanceof Error ? error.message : 'unknown' },
        'no summary by the model',
      );
      return { id, text: await new LoopSlices().run(extractInSteps(scrubbed)), note: MADE_WITHOUT };
    }
  }

  private async keep(drain: Drain, summaries: readonly { id: string; text: string }[]): Promise<void> {
    if (summaries.length === 0) return;
    await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query(
        `UPDATE deliveries d SET summary = s.text FROM unnest($2::uuid[], $3::text[]) AS s (id, text)
         WHERE d.tenant_id = $1 AND d.id = s.id AND d.drain_id = $4`,
        [drain.tenantId, summaries.map(({ id }) => id), summaries.map(({ text }) => text), drain.id],
      ),
    );
  }
}

/** What was begun without a kept one was begun with the built-in one, and goes on with that. */
function needsSummary({ mode, summary, entriesSentAt, writtenParts }: ClaimedDelivery): boolean {
  if (mode !== 'summary' && mode !== 'summary_transcript') return false;
  return summary === undefined && entriesSentAt === undefined && writtenParts.size === 0;
}

/** A summariser that waits for its turn doesn't look at the signal until then. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => reject(new Error('It took too long'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

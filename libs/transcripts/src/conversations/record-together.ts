import { AsyncLocalStorage } from 'node:async_hooks';
import { Gather } from '@app/platform';
import type { NewConversation } from './new-conversation.js';
import type { RecordConversations, RecordedConversation } from './record-conversations.js';

/** As many as the batch route takes in one call. */
const MOST_TOGETHER = 100;
/** UTF-16 units of text of one group. What is larger by itself goes by itself, and nobody waits behind it. */
const MOST_UNITS = 1_000_000;
/**
 * While PostgreSQL works on one group, the next one is read, checked and sent: with one lane both wait for each other. A
 * group of a few would cost more than it saves.
 */
const LANES = 2;
const COMPANY = 12;

interface Draft {
  conversation: NewConversation;
  units: number;
  /** Runs what belongs to the caller alone as the caller: whose request it was, and its trace. */
  asCaller: <R>(work: () => R) => R;
}

/**
 * Records single conversations that arrive at the same time in one transaction: under load that is one commit and six
 * statements for dozens of them instead of for each. The answer comes after the commit, as ever; one alone doesn't wait.
 */
export class RecordTogether {
  private readonly gather: Gather<Draft, RecordedConversation>;

  constructor(private readonly record: RecordConversations) {
    this.gather = new Gather(
      (tenantId, drafts) =>
        record.execute(
          tenantId,
          drafts.map(({ conversation }) => conversation),
          (index, work) => drafts[index]?.asCaller(work) ?? work(),
        ),
      {
        lanes: LANES,
        company: COMPANY,
        fits: (taken, next) =>
          taken.length < MOST_TOGETHER && taken.reduce((sum, { units }) => sum + units, next.units) <= MOST_UNITS,
        mayTryAlone: isRefusedStatement,
      },
    );
  }

  async execute(tenantId: string, conversation: NewConversation): Promise<RecordedConversation> {
    const units = conversation.messages.reduce((sum, { text }) => sum + text.length, 0);
    if (units > MOST_UNITS) {
      const [recorded] = await this.record.execute(tenantId, [conversation]);
      if (recorded === undefined) throw new Error('A conversation was recorded without a result');
      return recorded;
    }
    return this.gather.add(tenantId, { conversation, units, asCaller: AsyncLocalStorage.snapshot() });
  }
}

/**
 * PostgreSQL refused a statement for what was in it (SQLSTATE classes 22, 23 and 54: data, constraint, limit), so the whole
 * transaction is undone for certain; after a lost connection nobody knows whether it committed.
 */
function isRefusedStatement(error: unknown): boolean {
  const { driverError } = error as { driverError?: { code?: unknown } };
  return typeof driverError?.code === 'string' && /^(?:22|23|54)...$/.test(driverError.code);
}

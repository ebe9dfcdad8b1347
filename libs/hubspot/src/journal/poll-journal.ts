import type { Clock, Database, Logger } from '@app/platform';
import type { StoreEvents } from '../webhooks/store-events.js';
import type { JournalApi, JournalNotNow } from './journal-api.js';
import type { JournalPositionRepository } from './journal-position.repository.js';
import { readJournalFile } from './read-journal-file.js';

export interface JournalPoll {
  /** Files read. */
  files: number;
  /** New events in them; they are durable by now. */
  stored: number;
}

/** All processes together look this often. */
const EVERY_SECONDS = 5;
/** After HubSpot failed, and after it refused us: only a person can mend that. */
const LATER_SECONDS = 30;
const MUCH_LATER_SECONDS = 300;
/** Then other processes get their turn. */
const MOST_FILES = 200;
/** A file that came whole so often and still is none will not become one. */
const MOST_TRIES = 3;
const SUBSCRIBE_EVERY_MS = 3_600_000;
const NOTHING: JournalPoll = { files: 0, stored: 0 };

/**
 * Reads on in HubSpot's Webhooks Journal from where it was left, and puts what it tells into the inbox of webhooks. Events are
 * stored before the position moves on, so what is read twice is known already and nothing is lost, whenever a process dies.
 */
export class PollJournal {
  private subscribedUntil = 0;
  private broken = { offset: '', tries: 0 };
  /** An offset that HubSpot doesn't read on from although it is the last: not every API ends by an empty answer. */
  private end: string | undefined;

  constructor(
    private readonly clientId: string,
    private readonly journal: Pick<JournalApi, 'next' | 'read' | 'subscribe'>,
    private readonly positions: Pick<JournalPositionRepository, 'find' | 'keep'>,
    private readonly events: Pick<StoreEvents, 'execute'>,
    private readonly database: Pick<Database, 'withLock'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One process at a time; the others find nothing to do. */
  async execute(): Promise<JournalPoll> {
    const locked = await this.database.withLock(`webhooks-journal:${this.clientId}`, () => this.poll());
    return locked.acquired ? locked.result : NOTHING;
  }

  private async poll(): Promise<JournalPoll> {
    const { offset: last, isDue } = await this.positions.find(this.clientId);
    if (!isDue) return NOTHING;
    await this.subscribe();
    const poll = { ...NOTHING };
    let offset = last;
    let lost: string | undefined;
    while (poll.files < MOST_FILES) {
      const step = await this.journal.next(offset);
      if (step.outcome === 'lost' && offset !== this.end && lost === undefined) {
        this.logger.warn('the Webhooks Journal no longer knows where it was read to; reading all of it again');
        lost = offset;
        offset = undefined;
        continue;
      }
      if (step.outcome === 'end' || step.outcome === 'lost') break;
      if (step.outcome === 'not_now') return this.later(offset ?? lost, step, poll);
      const read = await this.journal.read(step.url);
      if (read.outcome === 'not_now') return this.later(offset ?? lost, read, poll);
      const file = readJournalFile(read.content);
      if (file === undefined && !this.isHopeless(step.offset)) {
        return this.later(offset ?? lost, { outcome: 'not_now', detail: 'the file is none', isOurs: false }, poll);
      }
      if (file === undefined) this.logger.error({ offset: step.offset }, 'a file of the Webhooks Journal was left out');
      else poll.stored += (await this.events.execute(file.events)).stored;
      poll.files += 1;
      offset = step.offset;
      if (offset === lost) this.end = lost;
      await this.positions.keep(this.clientId, offset, 0);
    }
    await this.positions.keep(this.clientId, offset ?? lost, poll.files < MOST_FILES ? EVERY_SECONDS : 0);
    if (poll.files > 0) this.logger.info(poll, 'read the Webhooks Journal');
    return poll;
  }

  private async subscribe(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.subscribedUntil) return;
    // Without it the journal may be read all the same: whoever runs the app can have subscribed in another way.
    const isThere = await this.journal.subscribe();
    this.subscribedUntil = now + (isThere ? SUBSCRIBE_EVERY_MS : MUCH_LATER_SECONDS * 1000);
  }

  private async later(offset: string | undefined, why: JournalNotNow, poll: JournalPoll): Promise<JournalPoll> {
    const seconds = why.retryAfterSeconds ?? (why.isOurs ? MUCH_LATER_SECONDS : LATER_SECONDS);
    await this.positions.keep(this.clientId, offset, Math.min(seconds, MUCH_LATER_SECONDS));
    const { detail } = why;
    if (why.isOurs) this.logger.error({ detail }, 'HubSpot refuses this app its Webhooks Journal');
    else this.logger.warn({ detail }, 'the Webhooks Journal could not be read now');
    return poll;
  }

  private isHopeless(offset: string): boolean {
    const tries = this.broken.offset === offset ? this.broken.tries + 1 : 1;
    this.broken = { offset, tries };
    return tries >= MOST_TRIES;
  }
}

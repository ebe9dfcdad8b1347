import { WebhookInbox } from '@app/hubspot';
import { CLOCK, type Clock, Database, LOGGER, type Logger } from '@app/platform';
import { RemoveOldRuns } from '@app/skills';
import { RemoveExpired, TenantRepository } from '@app/tenants';
import { RemoveOldConversations } from '@app/transcripts';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

const EVERY_MS = 10 * 60_000;
/** Then it makes way: a stop must not wait for years of conversations, and the next round goes on. */
const ROUND_MS = 20_000;

/** Removes what is older than its retention, in one worker at a time. */
@Injectable()
export class RetentionTask extends PeriodicTask {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TenantRepository) private readonly tenants: TenantRepository,
    @Inject(RemoveOldConversations) private readonly removeOldConversations: RemoveOldConversations,
    @Inject(RemoveOldRuns) private readonly removeOldRuns: RemoveOldRuns,
    @Inject(RemoveExpired) private readonly removeExpired: RemoveExpired,
    @Inject(WebhookInbox) private readonly inbox: WebhookInbox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    super(EVERY_MS, log);
  }

  protected override async work(): Promise<void> {
    await this.database.withLock('retention', () => this.removeAll());
  }

  private async removeAll(): Promise<void> {
    const end = this.clock.now().getTime() + ROUND_MS;
    const goesOn = (): boolean => this.clock.now().getTime() < end;
    let conversations = 0;
    let runs = 0;
    for (const { id } of await this.tenants.list()) {
      await this.removeExpired.execute(id);
      await this.inbox.forgetHandled(id);
      if (goesOn()) conversations += await this.removeOldConversations.execute(id, goesOn);
      if (goesOn()) runs += await this.removeOldRuns.execute(id, goesOn);
    }
    const auditEntries = await this.removeExpired.removeOldAudit();
    if (conversations + runs + auditEntries > 0)
      this.log.info({ conversations, runs, auditEntries }, 'removed after their retention');
  }
}

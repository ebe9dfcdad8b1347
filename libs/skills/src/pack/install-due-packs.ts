import { AppError, type Database, type Logger } from '@app/platform';
import { type ConnectionRepository, hasCredentials } from '@app/tenants';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import type { FreshSchema } from '../schema/fresh-schema.js';
import type { InstallPack } from './install-pack.js';
import type { PackRequest, PackRequestRepository } from './pack-request.repository.js';

/** Gives the pack to whom it was asked for: after HubSpot was connected with its feature, and to new AI agents. */
export class InstallDuePacks {
  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    private readonly requests: Pick<PackRequestRepository, 'findDue' | 'claim' | 'finish'>,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly agents: Pick<AiAgentRepository, 'listIds'>,
    private readonly schema: Pick<FreshSchema, 'get'>,
    private readonly install: Pick<InstallPack, 'execute'>,
    private readonly logger: Logger,
  ) {}

  /** What HubSpot doesn't let happen now is tried again later. @returns how many requests are over. */
  async execute(): Promise<number> {
    let finished = 0;
    for (const { tenantId, id } of await this.requests.findDue()) {
      const request = await this.requests.claim(tenantId, id);
      if (request === undefined) continue;
      try {
        await this.serve(request);
      } catch (error) {
        this.logger.warn({ tenantId, err: error }, 'the Connector Pack could not be installed; it is tried again');
        continue;
      }
      await this.requests.finish(request);
      finished += 1;
    }
    return finished;
  }

  private async serve({ tenantId, agentId }: PackRequest): Promise<void> {
    // Who connects again asks again.
    if (!hasCredentials(await this.connections.find(tenantId))) return;
    // Also where there is no AI agent yet: whoever makes one finds a portal that is known.
    await this.schema.get(tenantId);
    const agentIds =
      agentId === undefined
        ? await this.database.withTenant(tenantId, (tx) => this.agents.listIds(tx, tenantId))
        : [agentId];
    for (const id of agentIds) await this.give(tenantId, id);
  }

  private async give(tenantId: string, agentId: string): Promise<void> {
    try {
      const installed = await this.install.execute(tenantId, agentId);
      const created = installed.filter((one) => one.created).map(({ skill }) => skill);
      const leftOut = installed.filter((one) => one.leftOut !== undefined).map(({ skill }) => skill);
      this.logger.info({ tenantId, agentId, created, leftOut }, 'installed the Connector Pack');
    } catch (error) {
      // Deleted meanwhile.
      if (!(error instanceof AppError && error.code === 2011)) throw error;
    }
  }
}

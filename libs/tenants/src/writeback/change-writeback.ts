import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { WritebackChange, WritebackSettings } from './writeback-settings.js';
import type { WritebackSettingsRepository } from './writeback-settings.repository.js';

/** Changes what is given of the writeback settings, for conversations closed from now on. */
export class ChangeWriteback {
  constructor(
    private readonly database: Database,
    private readonly settings: WritebackSettingsRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute(tenantId: string, change: WritebackChange): Promise<WritebackSettings> {
    return this.database.withTenant(tenantId, async (tx) => {
      const changed = await this.settings.changeIn(tx, tenantId, change);
      // Numbers are people's: how many are ignored is enough.
      const { ignoredNumbers, ...rest } = change;
      const details = ignoredNumbers === undefined ? rest : { ...rest, ignoredNumbers: ignoredNumbers.length };
      await this.audit.recordIn(tx, tenantId, { action: 'writeback.changed', details });
      return changed;
    });
  }
}

import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { WritebackChange, WritebackSettings } from './writeback-settings.js';
import type { WritebackSettingsRepository } from './writeback-settings.repository.js';

export type WritebackChanged = { changed: true; settings: WritebackSettings } | { changed: false; reason: 'stale' };

/** Changes what is given of the writeback settings, for conversations closed from now on. */
export class ChangeWriteback {
  constructor(
    private readonly database: Database,
    private readonly settings: WritebackSettingsRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @param isExpected whether the settings are still what the caller has seen; asked while nobody else can change them. */
  async execute(
    tenantId: string,
    change: WritebackChange,
    isExpected: (current: WritebackSettings) => boolean,
  ): Promise<WritebackChanged> {
    return this.database.withTenant(tenantId, async (tx): Promise<WritebackChanged> => {
      if (!isExpected(await this.settings.lockIn(tx, tenantId))) return { changed: false, reason: 'stale' };
      const settings = await this.settings.changeIn(tx, tenantId, change);
      // Numbers are people's: how many are ignored is enough.
      const { ignoredNumbers, ...rest } = change;
      const details = ignoredNumbers === undefined ? rest : { ...rest, ignoredNumbers: ignoredNumbers.length };
      await this.audit.recordIn(tx, tenantId, { action: 'writeback.changed', details });
      return { changed: true, settings };
    });
  }
}

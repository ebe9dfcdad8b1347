import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import { applyChange, type Options, type OptionsChange } from './options.js';
import type { OptionsRepository } from './options.repository.js';

export type OptionsChanged =
  | { changed: true; options: Options }
  /** `search_required`: only matches, without the search that finds them. */
  | { changed: false; reason: 'stale' | 'search_required' };

/** Changes what is given of the options. */
export class ChangeOptions {
  constructor(
    private readonly database: Database,
    private readonly options: OptionsRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @param isExpected whether the options are still what the caller has seen; asked while nobody else can change them. */
  async execute(
    tenantId: string,
    change: OptionsChange,
    isExpected: (current: Options) => boolean,
  ): Promise<OptionsChanged> {
    return this.database.withTenant(tenantId, async (tx): Promise<OptionsChanged> => {
      const current = await this.options.lockIn(tx, tenantId);
      if (!isExpected(current)) return { changed: false, reason: 'stale' };
      const options = applyChange(current, change);
      if (options === undefined) return { changed: false, reason: 'search_required' };
      await this.options.replaceIn(tx, tenantId, options);
      await this.audit.recordIn(tx, tenantId, { action: 'options.changed', details: { ...change } });
      return { changed: true, options };
    });
  }
}

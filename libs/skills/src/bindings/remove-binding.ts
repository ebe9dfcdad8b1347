import type { Database } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { Binding } from './binding.js';
import type { BindingRepository } from './binding.repository.js';

/** Deletes a binding with its versions, for good. */
export class RemoveBinding {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError 2011 */
  async execute(tenantId: string, at: { agentId: string; id: string }): Promise<Binding> {
    return this.database.withTenant(tenantId, async (tx) => {
      await this.bindings.takeTurn(tx, tenantId);
      const binding = await this.bindings.lock(tx, tenantId, at);
      await this.bindings.remove(tx, tenantId, binding.id);
      const { agentId, toolName } = binding;
      await this.audit.recordIn(tx, tenantId, {
        action: 'binding.deleted',
        target: binding.id,
        details: { agentId, toolName },
      });
      return binding;
    });
  }
}

import type { Database } from '@app/platform';

/** How far an app's journal was read, shared by all processes. The journal is the app's, so it belongs to no tenant. */
export class JournalPositionRepository {
  constructor(private readonly database: Database) {}

  async find(clientId: string): Promise<{ offset?: string; isDue: boolean }> {
    const [row] = await this.database.acrossTenants<{ last_read: string | null; is_due: boolean }>(
      'SELECT last_read, is_due FROM journal_position($1)',
      [clientId],
    );
    return { offset: row?.last_read ?? undefined, isDue: row?.is_due ?? true };
  }

  /** @param nextSeconds nobody looks before. */
  async keep(clientId: string, offset: string | undefined, nextSeconds: number): Promise<void> {
    await this.database.acrossTenants('SELECT keep_journal_position($1, $2, $3)', [clientId, offset, nextSeconds]);
  }
}

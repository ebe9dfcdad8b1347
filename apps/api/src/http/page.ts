import { AppError, isId } from '@app/platform';
import type { Page } from '@app/transcripts';
import { IntegerField, TextField } from './fields.js';

/** The query of every list. */
export class PageQuery {
  @IntegerField({ optional: true, min: 1, max: 100, default: 50, fromText: true, description: 'Entries per page' })
  limit?: number;

  @TextField({ optional: true, max: 200, description: '`nextCursor` of the page before' })
  cursor?: string;
}

/** The id that ended the page before. @throws AppError 1002 for a cursor we never gave out. */
export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isId(id)) return id;
  throw new AppError(1002, 'cursor is not one of ours', {
    errors: [{ field: 'cursor', message: 'is not one of ours' }],
  });
}

/** A page out of `limit + 1` entries: whether there is more is told by the one too many. */
export function cutPage<T extends { id: string }>(entries: readonly T[], limit: number): Page<T> {
  const items = entries.slice(0, limit);
  return entries.length > limit ? { items, nextBefore: items.at(-1)?.id } : { items };
}

/** `nextCursor` is absent on the last page. */
export function toPage<T, U>(page: Page<T>, toItem: (item: T) => U): { data: U[]; nextCursor?: string } {
  const data = page.items.map(toItem);
  return page.nextBefore === undefined
    ? { data }
    : { data, nextCursor: Buffer.from(page.nextBefore).toString('base64url') };
}

import type { AssociationType, Owner, Pipeline, PropertyDefinition } from '../catalogue/index.js';

export interface PagePortal {
  readonly hubId: number;
  readonly name: string;
  readonly uiDomain: string;
  readonly accountType: string;
  readonly timeZone: string;
  /** Live records by plural object type name. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface PageRecord {
  readonly id: string;
  readonly objectType: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

export interface PageAssociation {
  readonly objectType: string;
  readonly id: string;
  readonly types: readonly Pick<AssociationType, 'category' | 'typeId' | 'label'>[];
}

/** What the pages read. All of it is the present state: no index lag, no limits, no faults, no counting. */
export interface PagesSource {
  portals(): readonly PagePortal[];
  portal(hubId: number): PagePortal | undefined;
  /**
   * Live contacts, newest first; `query` (trimmed, may be empty) matches names, emails, phones and company, any case.
   * `offset` and `limit` count contacts; `total` is before paging.
   */
  contacts(
    hubId: number,
    page: { readonly query: string; readonly offset: number; readonly limit: number },
  ): { readonly total: number; readonly records: readonly PageRecord[] };
  /** By plural type name. A merged id gives the survivor (whose `id` differs), an archived record itself. */
  record(hubId: number, objectType: string, id: string): PageRecord | undefined;
  /** All records associated to one, in the order in which they were associated. */
  associationsOf(hubId: number, objectType: string, id: string): readonly PageAssociation[];
  owner(hubId: number, ownerId: string): Owner | undefined;
  /** The portal's properties of a type, its own ones included. */
  properties(hubId: number, objectType: string): readonly PropertyDefinition[];
  pipelines(hubId: number, objectType: string): readonly Pipeline[];
}

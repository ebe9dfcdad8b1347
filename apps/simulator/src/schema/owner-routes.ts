import type { Owner } from '../catalogue/index.js';
import { invalidInput, resourceNotFound, validationError, type Refusal } from '../refuse/refusal.js';
import {
  mounted,
  ok,
  param,
  queryFlag,
  queryValue,
  type Answer,
  type ApiCall,
  type ApiRoute,
} from '../serve/api-route.js';

const SCOPES = ['crm.objects.owners.read', 'contacts'];

export const ownerRoutes: readonly ApiRoute[] = [
  {
    name: 'owners.list',
    method: 'GET',
    paths: mounted('/crm/v3/owners', '/crm/owners/{version}'),
    limit: 'burst',
    scopes: () => SCOPES,
    handle: list,
  },
  {
    name: 'owners.get',
    method: 'GET',
    paths: mounted('/crm/v3/owners/:ownerId', '/crm/owners/{version}/:ownerId'),
    limit: 'burst',
    scopes: () => SCOPES,
    handle: get,
  },
];

const MAX_PAGE = 500;

/** An archived owner has no user id any more (FACTS §5), so the specification's optional field is left out. */
function present({ userId, ...owner }: Owner): Record<string, unknown> {
  return { ...owner, ...(userId === null ? {} : { userId }) };
}

function list(call: ApiCall): Answer | Refusal {
  const limit = Number(queryValue(call, 'limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    return validationError(`limit must be between 1 and ${MAX_PAGE}`);
  }
  const after = queryValue(call, 'after') ?? '0';
  if (!/^\d+$/.test(after)) return invalidInput(`after is not a valid cursor: ${after}`);
  const email = queryValue(call, 'email')?.toLowerCase();
  const archived = queryFlag(call, 'archived');
  const owners = call.portal
    .owners()
    .filter((owner) => owner.archived === archived && (email === undefined || owner.email.toLowerCase() === email))
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .filter((owner) => Number(owner.id) >= Number(after));
  const next = owners[limit]?.id;
  return ok({
    results: owners.slice(0, limit).map(present),
    ...(next === undefined
      ? {}
      : { paging: { next: { after: next, link: `${call.origin}${call.path}?limit=${limit}&after=${next}` } } }),
  });
}

function get(call: ApiCall): Answer | Refusal {
  const id = param(call, 'ownerId');
  const byUser = queryValue(call, 'idProperty') === 'userId';
  const owner = byUser
    ? call.portal.owners().find((one) => String(one.userIdIncludingInactive) === id)
    : call.portal.owner(id);
  return owner && owner.archived === queryFlag(call, 'archived') ? ok(present(owner)) : resourceNotFound();
}

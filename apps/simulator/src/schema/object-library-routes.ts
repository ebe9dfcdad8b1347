import { objectTypes } from '../catalogue/index.js';
import { schemaScopes } from '../crm/object-scopes.js';
import { resourceNotFound } from '../refuse/refusal.js';
import { mounted, ok, param, type ApiCall, type ApiRoute } from '../serve/api-route.js';

const enabled = ({ portal }: ApiCall): Record<string, boolean> =>
  Object.fromEntries([
    ...objectTypes.map(({ objectTypeId }) => [objectTypeId, true] as const),
    ...portal.schema.customObjectTypes().map(({ objectTypeId }) => [objectTypeId, true] as const),
  ]);

/** Which object types the portal has (FACTS §5: object library). */
export const objectLibraryRoutes: readonly ApiRoute[] = [
  {
    name: 'objectLibrary.list',
    method: 'GET',
    paths: mounted('/crm/v3/object-library/enablement', '/crm/object-library/{version}/enablement'),
    limit: 'burst',
    scopes: () => schemaScopes('contacts', 'read'),
    handle: (call) => ok({ enablementByObjectTypeId: enabled(call) }),
  },
  {
    name: 'objectLibrary.get',
    method: 'GET',
    paths: mounted(
      '/crm/v3/object-library/enablement/:objectTypeId',
      '/crm/object-library/{version}/enablement/:objectTypeId',
    ),
    limit: 'burst',
    scopes: () => schemaScopes('contacts', 'read'),
    handle: (call) => {
      const enablement = enabled(call)[param(call, 'objectTypeId')];
      return enablement === undefined ? resourceNotFound() : ok({ enablement });
    },
  },
];

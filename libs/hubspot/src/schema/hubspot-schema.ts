import {
  CrmDeferredError,
  type CrmField,
  type CrmObject,
  type CrmPipeline,
  type CrmSchema,
  type CrmSchemaReading,
  type WithheldObject,
} from '@app/crm';
import type { ConnectionRepository } from '@app/tenants';
import { inParallel } from '../records/in-parallel.js';
import type { Asking, DefinitionReader } from './definition-reader.js';
import { accessOf, lacking, mayDescribe, type Scopes } from './object-access.js';
import { withPipelines } from './pipeline-options.js';
import type { CustomObject } from './read-definitions.js';
import {
  CUSTOM_SCOPES,
  IDENTITIES,
  type ObjectScopes,
  OWNERS_SCOPE,
  STANDARD_OBJECTS,
  type StandardObject,
} from './standard-objects.js';

/** Objects, and pairs of objects, that are asked about at once. */
const AT_ONCE = 4;

/** An object as far as it was read, or why it can't be. */
type Described = { object: CrmObject; tiedTo?: ReadonlySet<string> } | { withheld: WithheldObject } | undefined;

/**
 * A portal's objects with fields, pipelines and ties. About 25 calls for the standard ones, and for a custom one two for
 * each object it can be tied to, one for its pipelines.
 */
export class HubSpotSchema implements CrmSchema {
  constructor(
    private readonly reader: DefinitionReader,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
  ) {}

  async readSchema(tenantId: string, signal?: AbortSignal): Promise<CrmSchemaReading> {
    const asking: Asking = { tenantId, signal };
    const { portalId, scopes } = await this.connections.find(tenantId);
    if (portalId === undefined) {
      throw new CrmDeferredError({ cause: 'connection', detail: 'HubSpot is not connected' });
    }
    const [standard, custom, owners] = await Promise.all([
      inParallel(STANDARD_OBJECTS, AT_ONCE, (object) => this.describe(asking, object, scopes)),
      this.describeCustom(asking, scopes),
      this.readOwners(asking, scopes),
    ]);
    const described = [...standard, ...custom].filter((one) => one !== undefined);
    const read = described.flatMap((one) => ('object' in one ? [one] : []));
    await this.relate(asking, read);
    return {
      portalId,
      objects: read.map(({ object }) => object),
      owners: owners.owners,
      withheld: [...described.flatMap((one) => ('withheld' in one ? [one.withheld] : [])), ...owners.withheld],
    };
  }

  private async describe(asking: Asking, standard: StandardObject, scopes: Scopes): Promise<Described> {
    const { name, typeId, label, pluralLabel, hasPipelines } = standard;
    const withheld = { name, label: pluralLabel };
    if (!mayDescribe(standard.scopes, scopes))
      return { withheld: { ...withheld, missingScopes: lacking(standard.scopes, scopes) } };
    const [fields, pipelines] = await Promise.all([
      this.readFields(asking, name, standard.scopes, scopes),
      hasPipelines ? this.readPipelines(asking, name) : [],
    ]);
    if (!fields.told) {
      if (fields.reason === 'absent') return undefined;
      return { withheld: { ...withheld, missingScopes: lacking(standard.scopes) } };
    }
    const present = new Set(fields.value.map((field) => field.name));
    const there = (names: readonly string[]): string[] => names.filter((one) => present.has(one));
    return {
      object: {
        name,
        typeId,
        label,
        pluralLabel,
        isCustom: false,
        ...accessOf(standard.scopes, scopes),
        primaryField: standard.primaryField,
        searchableFields: there(standard.searchableFields),
        requiredFields: there(standard.requiredFields),
        requiresOneOf: there(standard.requiresOneOf),
        fields: withPipelines(name, fields.value, pipelines),
        pipelines,
        relationships: [],
      },
    };
  }

  private async describeCustom(asking: Asking, scopes: Scopes): Promise<Described[]> {
    if (!mayDescribe(CUSTOM_SCOPES, scopes)) return [withheldCustom(scopes)];
    const told = await this.reader.customObjects(asking);
    if (!told.told) {
      if (told.reason === 'absent') return [];
      return [withheldCustom()];
    }
    return inParallel(told.value, AT_ONCE, (custom) => this.completeCustom(asking, custom, scopes));
  }

  private async completeCustom(
    asking: Asking,
    { fields: listed, tiedTo, ...custom }: CustomObject,
    scopes: Scopes,
  ): Promise<Described> {
    const [fields, pipelines] = await Promise.all([
      this.readFields(asking, custom.name, CUSTOM_SCOPES, scopes, listed),
      this.readPipelines(asking, custom.name),
    ]);
    if (!fields.told) {
      if (fields.reason === 'absent') return undefined;
      return { withheld: { name: custom.name, label: custom.pluralLabel, missingScopes: lacking(CUSTOM_SCOPES) } };
    }
    const object = {
      ...custom,
      isCustom: true,
      ...accessOf(CUSTOM_SCOPES, scopes),
      requiresOneOf: [],
      fields: withPipelines(custom.name, fields.value, pipelines),
      pipelines,
      relationships: [],
    };
    return { object, tiedTo };
  }

  /** Sensitive ones beside the others, where the connection may see them. */
  private async readFields(
    asking: Asking,
    name: string,
    { sensitive }: ObjectScopes,
    scopes: Scopes = [],
    listed?: CrmField[],
  ) {
    const kinds = Object.entries(sensitive).flatMap(([kind, scope]) =>
      scopes.includes(scope) || scopes.includes(`${scope}.v2`) ? [kind] : [],
    );
    const [plain, ...more] = await Promise.all([
      listed === undefined ? this.reader.fields(asking, name) : ({ told: true, value: listed } as const),
      ...kinds.map((kind) => this.reader.fields(asking, name, kind)),
    ]);
    if (!plain.told) return plain;
    const known = new Set(plain.value.map((field) => field.name));
    const further = more.flatMap((told) => (told.told ? told.value.filter((field) => !known.has(field.name)) : []));
    const identities = IDENTITIES[name] ?? [];
    const value = [...plain.value, ...further].map((field) =>
      identities.includes(field.name) ? { ...field, isUnique: true } : field,
    );
    return { told: true as const, value };
  }

  /** None where HubSpot won't tell: what follows from them is refused when it is used, and nothing else is lost. */
  private async readPipelines(asking: Asking, name: string): Promise<CrmPipeline[]> {
    const told = await this.reader.pipelines(asking, name);
    return told.told ? told.value : [];
  }

  private async readOwners(asking: Asking, scopes: Scopes): Promise<Pick<CrmSchemaReading, 'owners' | 'withheld'>> {
    const withheld = { owners: [], withheld: [{ name: 'owners', label: 'Owners', missingScopes: [OWNERS_SCOPE] }] };
    if (scopes !== undefined && !scopes.includes(OWNERS_SCOPE)) return withheld;
    const told = await this.reader.owners(asking);
    return told.told ? { owners: told.value, withheld: [] } : withheld;
  }

  /** In both directions: each has numbers of its own. A custom object names those it can be tied to. */
  private async relate(asking: Asking, read: readonly { object: CrmObject; tiedTo?: ReadonlySet<string> }[]) {
    const pairs = read
      .flatMap((from) => read.map((to) => [from, to] as const))
      .filter(([from, to]) => mayTie(from, to));
    const told = await inParallel(pairs, AT_ONCE, ([from, to]) =>
      this.reader.relationships(asking, from.object.name, to.object.name),
    );
    for (const [index, [{ object }]] of pairs.entries()) {
      const ties = told[index];
      if (ties?.told === true) object.relationships.push(...ties.value);
    }
  }
}

function mayTie(
  from: { object: CrmObject; tiedTo?: ReadonlySet<string> },
  to: { object: CrmObject; tiedTo?: ReadonlySet<string> },
): boolean {
  if (from.tiedTo === undefined && to.tiedTo === undefined) return true;
  return from.tiedTo?.has(to.object.typeId) === true || to.tiedTo?.has(from.object.typeId) === true;
}

/** Which ones there are isn't known then. */
function withheldCustom(scopes?: Scopes): Described {
  const missingScopes = lacking(CUSTOM_SCOPES, scopes);
  return { withheld: { name: 'custom_objects', label: 'Custom objects', missingScopes } };
}

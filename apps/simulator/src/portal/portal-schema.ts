import {
  associationTypes,
  defaultPipelines,
  propertiesOf,
  propertyGroupsOf,
  resolveObjectType,
  type ObjectTypeNames,
  type Pipeline,
  type PropertyDefinition,
  type PropertyGroup,
} from '../catalogue/index.js';
import type { WriteEntry } from '../journal/journal-entries.js';
import type { AssociationDefinition, CustomObjectType } from './schema-types.js';

interface TypeSchema {
  readonly definitions: Map<string, PropertyDefinition>;
  readonly groups: Map<string, PropertyGroup>;
}

/** What a portal's records look like: object types, properties, pipelines and association types. */
export class PortalSchema {
  private readonly types = new Map<string, TypeSchema>();
  private readonly pipelinesByType = new Map<string, readonly Pipeline[]>();
  private readonly customTypes = new Map<string, CustomObjectType>();
  private readonly ownAssociations = new Map<number, AssociationDefinition>();

  constructor(
    private readonly hubId: number,
    private readonly write: WriteEntry,
  ) {}

  /** The key that a path or body means: the plural name of a standard type, `2-N` of a custom one. */
  typeKey(name: string): string | undefined {
    const standard = resolveObjectType(name);
    if (standard) return standard.plural;
    if (this.customTypes.has(name)) return name;
    const wanted = name.toLowerCase();
    for (const type of this.customTypes.values()) {
      if (type.fullyQualifiedName.toLowerCase() === wanted || type.name.toLowerCase() === wanted) {
        return type.objectTypeId;
      }
    }
    return undefined;
  }

  names(typeKey: string): ObjectTypeNames {
    const standard = resolveObjectType(typeKey);
    if (standard) return standard;
    const custom = this.customTypes.get(typeKey);
    return {
      objectTypeId: typeKey,
      plural: custom?.fullyQualifiedName ?? typeKey,
      singular: custom?.name ?? typeKey,
      primaryDisplayProperty: custom?.primaryDisplayProperty ?? 'hs_object_id',
      createdProperty: 'hs_createdate',
      modifiedProperty: 'hs_lastmodifieddate',
    };
  }

  definitions(typeKey: string): ReadonlyMap<string, PropertyDefinition> {
    return this.of(typeKey).definitions;
  }

  definition(typeKey: string, name: string): PropertyDefinition | undefined {
    const definition = this.of(typeKey).definitions.get(name);
    return definition?.archived ? undefined : definition;
  }

  groups(typeKey: string): ReadonlyMap<string, PropertyGroup> {
    return this.of(typeKey).groups;
  }

  putDefinition(typeKey: string, definition: PropertyDefinition): void {
    this.of(typeKey).definitions.set(definition.name, definition);
    this.write({ k: 'property', hub: this.hubId, type: typeKey, definition });
  }

  putGroup(typeKey: string, group: PropertyGroup): void {
    this.of(typeKey).groups.set(group.name, group);
    this.write({ k: 'property-group', hub: this.hubId, type: typeKey, group });
  }

  removeGroup(typeKey: string, name: string): void {
    this.of(typeKey).groups.delete(name);
    this.write({ k: 'property-group-gone', hub: this.hubId, type: typeKey, name });
  }

  pipelines(typeKey: string): readonly Pipeline[] {
    return this.pipelinesByType.get(typeKey) ?? defaultPipelines(typeKey);
  }

  /** True once the portal's pipelines differ from those it started with. */
  hasOwnPipelines(typeKey: string): boolean {
    return this.pipelinesByType.has(typeKey);
  }

  putPipelines(typeKey: string, pipelines: readonly Pipeline[]): void {
    this.pipelinesByType.set(typeKey, pipelines);
    this.write({ k: 'pipelines', hub: this.hubId, type: typeKey, pipelines });
  }

  customObjectTypes(): readonly CustomObjectType[] {
    return [...this.customTypes.values()];
  }

  customObjectType(typeKey: string): CustomObjectType | undefined {
    return this.customTypes.get(typeKey);
  }

  putCustomObjectType(type: CustomObjectType): void {
    this.customTypes.set(type.objectTypeId, type);
    this.write({ k: 'object-type', hub: this.hubId, type });
  }

  removeCustomObjectType(objectTypeId: string): void {
    this.customTypes.delete(objectTypeId);
    this.write({ k: 'object-type-gone', hub: this.hubId, objectTypeId });
  }

  association(typeId: number, category?: string): AssociationDefinition | undefined {
    const own = this.ownAssociations.get(typeId);
    if (own && (category === undefined || own.category === category)) return own;
    const standard = standardAssociations.get(typeId);
    return standard && (category === undefined || standard.category === category) ? standard : undefined;
  }

  /** The unlabelled type first. */
  associationsBetween(from: string, to: string): readonly AssociationDefinition[] {
    const own = [...this.ownAssociations.values()].filter((type) => type.from === from && type.to === to);
    return [...(standardBetween.get(`${from}>${to}`) ?? []), ...own].toSorted(
      (a, b) => Number(b.isDefault) - Number(a.isDefault),
    );
  }

  defaultAssociation(from: string, to: string): AssociationDefinition | undefined {
    return this.associationsBetween(from, to).find((type) => type.isDefault);
  }

  ownAssociationTypes(): Iterable<AssociationDefinition> {
    return this.ownAssociations.values();
  }

  putAssociationType(definition: AssociationDefinition): void {
    this.ownAssociations.set(definition.typeId, definition);
    this.write({ k: 'association-type', hub: this.hubId, definition });
  }

  removeAssociationType(typeId: number): void {
    this.ownAssociations.delete(typeId);
    this.write({ k: 'association-type-gone', hub: this.hubId, typeId });
  }

  /** Ids of a portal's own association types start above HubSpot's. */
  nextAssociationTypeId(): number {
    return Math.max(1000, ...this.ownAssociations.keys()) + 1;
  }

  private of(typeKey: string): TypeSchema {
    let schema = this.types.get(typeKey);
    if (!schema) {
      const standard = propertiesOf(typeKey);
      schema = {
        definitions: new Map(standard.map((definition) => [definition.name, definition])),
        groups: new Map(propertyGroupsOf(typeKey).map((group) => [group.name, group])),
      };
      this.types.set(typeKey, schema);
    }
    return schema;
  }
}

const standardAssociations = new Map(associationTypes.map((type) => [type.typeId, type]));
const standardBetween = Map.groupBy(associationTypes, (type) => `${type.from}>${type.to}`);

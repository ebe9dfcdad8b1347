import type { CrmField, CrmObject, WithheldObject } from '@app/crm';
import { countSchema, type Discovery, type FieldName, legalOperators, type SchemaHit } from '@app/skills';
import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';

class WithheldResponse {
  @ApiProperty({ example: 'tickets' })
  name!: string;
  @ApiProperty({ example: 'Tickets' })
  label!: string;
  @ApiProperty({ type: [String], description: 'What to grant for it', example: ['tickets'] })
  missingScopes!: string[];
}

class SchemaChangesResponse {
  @ApiProperty({ type: [String], description: 'Names of objects', example: [] })
  objectsAdded!: string[];
  @ApiProperty({ type: [String], example: [] })
  objectsGone!: string[];
  @ApiProperty({ type: [String], example: ['deals'] })
  objectsChanged!: string[];
  @ApiProperty({ type: [String], description: '`object.field`', example: ['contacts.shoe_size'] })
  fieldsAdded!: string[];
  @ApiProperty({ type: [String], example: ['contacts.favourite_colour'] })
  fieldsGone!: string[];
  @ApiProperty({ type: [String], example: ['contacts.jobtitle'] })
  fieldsChanged!: string[];
}

export class DiscoveryResponse {
  @ApiProperty({ type: 'integer', example: 5 })
  objectCount!: number;
  @ApiProperty({ type: 'integer', example: 412 })
  fieldCount!: number;
  @ApiProperty({ type: 'integer', description: 'Ways in which records can be tied to others', example: 36 })
  edgeCount!: number;
  @ApiProperty({ format: 'date-time' })
  discoveredAt!: Date;
  @ApiProperty({ type: 'integer', description: 'Counts up when something is found changed', example: 2 })
  version!: number;
  @ApiProperty({ type: [WithheldResponse], description: 'What the connection may not see' })
  withheld!: WithheldResponse[];
  @ApiProperty({
    type: SchemaChangesResponse,
    required: false,
    description: 'Since the last discovery; absent where there is none, or nothing changed',
  })
  changes?: SchemaChangesResponse;
}

export class CapabilitiesResponse {
  @ApiProperty()
  read!: boolean;
  @ApiProperty()
  write!: boolean;
}

export class CrmObjectSummaryResponse {
  @ApiProperty({ example: 'deals', description: 'As in addresses and bindings' })
  name!: string;
  @ApiProperty({ required: false, example: '0-3', description: 'Absent while it is withheld' })
  typeId?: string;
  @ApiProperty({ example: 'Deal' })
  label!: string;
  @ApiProperty({ example: 'Deals' })
  pluralLabel!: string;
  @ApiProperty({ required: false, description: 'Of custom objects' })
  description?: string;
  @ApiProperty({ example: false })
  isCustom!: boolean;
  @ApiProperty({ type: CapabilitiesResponse })
  capabilities!: CapabilitiesResponse;
  @ApiProperty({ type: [String], description: 'What to grant for the capabilities that lack', example: [] })
  missingScopes!: string[];
  @ApiProperty({ type: 'integer', example: 78 })
  fieldCount!: number;
  @ApiProperty({ type: 'integer', example: 9 })
  relationshipCount!: number;
  @ApiProperty({ type: 'integer', example: 1 })
  pipelineCount!: number;
}

class CrmOptionResponse {
  @ApiProperty({ example: 'closedwon' })
  value!: string;
  @ApiProperty({ example: 'Closed Won' })
  label!: string;
  @ApiProperty({ example: false, description: 'Not offered to people' })
  isHidden!: boolean;
}

class CrmFieldResponse {
  @ApiProperty({ example: 'dealstage' })
  name!: string;
  @ApiProperty({ example: 'Deal Stage' })
  label!: string;
  @ApiProperty({ required: false })
  description?: string;
  @ApiProperty({ required: false, example: 'dealinformation' })
  group?: string;
  @ApiProperty({ example: 'enumeration', description: 'HubSpot’s word, also one that is new' })
  type!: string;
  @ApiProperty({ example: 'radio' })
  fieldType!: string;
  @ApiProperty({ type: [CrmOptionResponse] })
  options!: CrmOptionResponse[];
  @ApiProperty({ example: false, description: 'The options are not all that can be set: owners, users' })
  optionsFromElsewhere!: boolean;
  @ApiProperty({ example: false })
  isUnique!: boolean;
  @ApiProperty({ example: true, description: 'One of those that a create can’t do without' })
  isRequired!: boolean;
  @ApiProperty({ example: false })
  isReadOnly!: boolean;
  @ApiProperty({ example: false })
  isHidden!: boolean;
  @ApiProperty({ example: 'none', description: '`none`, `sensitive`, `highly_sensitive`' })
  sensitivity!: string;
  @ApiProperty({
    type: [String],
    description: 'What a search may ask of it; none of a type that is not known',
    example: ['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'],
  })
  operators!: readonly string[];
}

class CrmStageResponse {
  @ApiProperty({ example: 'closedwon' })
  id!: string;
  @ApiProperty({ example: 'Closed Won' })
  label!: string;
  @ApiProperty({ example: true })
  isClosed!: boolean;
}

class CrmPipelineResponse {
  @ApiProperty({ example: 'default' })
  id!: string;
  @ApiProperty({ example: 'Sales Pipeline' })
  label!: string;
  @ApiProperty({ example: true })
  isDefault!: boolean;
  @ApiProperty({ type: [CrmStageResponse] })
  stages!: CrmStageResponse[];
}

class CrmRelationshipResponse {
  @ApiProperty({ example: 'contacts', description: 'Name of the other object' })
  to!: string;
  @ApiProperty({ type: 'integer', example: 3 })
  typeId!: number;
  @ApiProperty({ example: 'HUBSPOT_DEFINED' })
  category!: string;
  @ApiProperty({ required: false, description: 'Absent for the plain tie' })
  label?: string;
}

@ApiExtraModels(CrmFieldResponse)
export class CrmObjectResponse extends CrmObjectSummaryResponse {
  @ApiProperty({ required: false, example: 'dealname', description: 'The field that names a record' })
  primaryField?: string;
  @ApiProperty({ type: [String], description: 'Looked at by a search for words', example: ['dealname'] })
  searchableFields!: string[];
  @ApiProperty({
    type: [String],
    description: 'A create needs every one',
    example: ['dealname', 'dealstage', 'pipeline'],
  })
  requiredFields!: string[];
  @ApiProperty({ type: [String], description: 'And one of these, where there are any', example: [] })
  requiresOneOf!: string[];
  @ApiProperty({ type: [CrmFieldResponse] })
  fields!: CrmFieldResponse[];
  @ApiProperty({ type: [CrmPipelineResponse] })
  pipelines!: CrmPipelineResponse[];
  @ApiProperty({ type: [CrmRelationshipResponse] })
  relationships!: CrmRelationshipResponse[];
}

export class SchemaHitResponse {
  @ApiProperty({ enum: ['object', 'field'], enumName: 'SchemaHitKind', example: 'field' })
  kind!: 'object' | 'field';
  @ApiProperty({ example: 'deals', description: 'Name of the object' })
  object!: string;
  @ApiProperty({ example: 'Deals' })
  objectLabel!: string;
  @ApiProperty({ required: false, example: 'dealstage', description: 'Name of the field' })
  field?: string;
  @ApiProperty({ example: 'Deal Stage', description: 'Of the field, or of the object' })
  label!: string;
  @ApiProperty({ required: false, example: 'enumeration' })
  type?: string;
  @ApiProperty({ type: [CrmOptionResponse], description: 'Those that the words speak of, the best first' })
  options!: CrmOptionResponse[];
  @ApiProperty({ type: 'number', description: 'How well it fits, compared to the others', example: 61.4 })
  score!: number;
}

export function toDiscoveryResponse({
  snapshot,
  difference,
}: Extract<Discovery, { state: 'discovered' }>): DiscoveryResponse {
  const { discoveredAt, version, withheld } = snapshot;
  return {
    ...countSchema(snapshot),
    discoveredAt,
    version,
    withheld,
    changes: difference && {
      objectsAdded: difference.objects.added,
      objectsGone: difference.objects.gone,
      objectsChanged: difference.objects.changed.map(({ object }) => object),
      fieldsAdded: difference.fields.added.map(named),
      fieldsGone: difference.fields.gone.map(named),
      fieldsChanged: difference.fields.changed.map(named),
    },
  };
}

function named({ object, field }: FieldName): string {
  return `${object}.${field}`;
}

export function toObjectSummary(object: CrmObject): CrmObjectSummaryResponse {
  return summaryOf(object);
}

function summaryOf(object: CrmObject) {
  const { name, typeId, label, pluralLabel, description, isCustom, capabilities, missingScopes } = object;
  return {
    name,
    typeId,
    label,
    pluralLabel,
    description,
    isCustom,
    capabilities,
    missingScopes,
    fieldCount: object.fields.length,
    relationshipCount: object.relationships.length,
    pipelineCount: object.pipelines.length,
  };
}

/** Listed as such, so that who misses it sees what to grant. */
export function toWithheldSummary({ name, label, missingScopes }: WithheldObject): CrmObjectSummaryResponse {
  return {
    name,
    label,
    pluralLabel: label,
    isCustom: name === 'custom_objects',
    capabilities: { read: false, write: false },
    missingScopes,
    fieldCount: 0,
    relationshipCount: 0,
    pipelineCount: 0,
  };
}

export function toObjectResponse(object: CrmObject): CrmObjectResponse {
  const { primaryField, searchableFields, requiredFields, requiresOneOf, fields, pipelines, relationships } = object;
  return {
    ...summaryOf(object),
    primaryField,
    searchableFields,
    requiredFields,
    requiresOneOf,
    fields: fields.map((field) => toFieldResponse(field, requiredFields.includes(field.name))),
    pipelines,
    relationships,
  };
}

function toFieldResponse(field: CrmField, isRequired: boolean): CrmFieldResponse {
  return { ...field, isRequired, operators: legalOperators(field) };
}

export function toHitResponse(hit: SchemaHit): SchemaHitResponse {
  const { kind, object } = hit;
  const score = Math.round(hit.score * 100) / 100;
  const of = { kind, object: object.name, objectLabel: object.pluralLabel, score };
  if (hit.kind === 'object') return { ...of, label: object.label, options: [] };
  const { name, label, type } = hit.field;
  return { ...of, field: name, label, type, options: hit.options };
}

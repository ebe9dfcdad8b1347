import type { PropertyDefinition, PropertyOption } from './catalogue-types.js';

/** HubSpot's own properties carry a creation time long before any portal's data. */
const HUBSPOT_DEFINED_AT = '2019-08-06T02:41:08.029Z';

/** What a definition says beyond the defaults of a plain single-line text property. */
export type PropertyTraits = Partial<
  Pick<
    PropertyDefinition,
    | 'type'
    | 'fieldType'
    | 'description'
    | 'hidden'
    | 'hasUniqueValue'
    | 'externalOptions'
    | 'showCurrencySymbol'
    | 'formField'
  >
> & {
  readonly referencedObjectType?: string;
  readonly options?: readonly (readonly [value: string, label: string])[];
  /** HubSpot sets it: a write answers READ_ONLY_VALUE. */
  readonly readOnly?: true;
  /** Computed from other properties; implies read-only. */
  readonly calculated?: true;
};

const toOptions = (pairs: readonly (readonly [value: string, label: string])[]): PropertyOption[] =>
  pairs.map(([value, label], displayOrder) => ({ value, label, description: '', displayOrder, hidden: false }));

/** A property that HubSpot ships. */
export function hubspotProperty(
  name: string,
  label: string,
  groupName: string,
  traits: PropertyTraits = {},
): PropertyDefinition {
  const { readOnly, calculated = false, options = [], ...rest } = traits;
  return {
    name,
    label,
    type: 'string',
    fieldType: 'text',
    description: '',
    groupName,
    displayOrder: -1,
    externalOptions: false,
    archived: false,
    hasUniqueValue: false,
    hidden: false,
    hubspotDefined: true,
    formField: false,
    dataSensitivity: 'non_sensitive',
    ...rest,
    options: toOptions(options),
    calculated,
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      ...(options.length > 0 ? { readOnlyOptions: true } : {}),
      readOnlyValue: readOnly === true || calculated,
    },
    createdAt: HUBSPOT_DEFINED_AT,
    updatedAt: HUBSPOT_DEFINED_AT,
  };
}

/** What `POST /crm/properties/{version}/{objectType}` may send, with HubSpot's defaults for what it leaves out. */
export type PropertyInput = Pick<PropertyDefinition, 'name' | 'label' | 'type' | 'fieldType' | 'groupName'> &
  Partial<
    Pick<
      PropertyDefinition,
      | 'description'
      | 'displayOrder'
      | 'externalOptions'
      | 'hasUniqueValue'
      | 'hidden'
      | 'formField'
      | 'calculationFormula'
      | 'referencedObjectType'
      | 'dataSensitivity'
    >
  > & {
    readonly options?: readonly (Pick<PropertyOption, 'label' | 'value'> & Partial<PropertyOption>)[];
  };

/** The definition a portal keeps for a property made through the API at `createdAt` (ISO 8601). */
export function customProperty(input: PropertyInput, createdAt: string): PropertyDefinition {
  return {
    name: input.name,
    label: input.label,
    type: input.type,
    fieldType: input.fieldType,
    description: input.description ?? '',
    groupName: input.groupName,
    options: (input.options ?? []).map((option, index) => ({
      value: option.value,
      label: option.label,
      description: option.description ?? '',
      displayOrder: option.displayOrder ?? index,
      hidden: option.hidden ?? false,
    })),
    displayOrder: input.displayOrder ?? -1,
    calculated: input.fieldType === 'calculation_equation',
    externalOptions: input.externalOptions ?? false,
    archived: false,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    hubspotDefined: false,
    formField: input.formField ?? false,
    dataSensitivity: input.dataSensitivity ?? 'non_sensitive',
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyOptions: false,
      readOnlyValue: input.fieldType === 'calculation_equation',
    },
    createdAt,
    updatedAt: createdAt,
    ...(input.calculationFormula === undefined ? {} : { calculationFormula: input.calculationFormula }),
    ...(input.referencedObjectType === undefined ? {} : { referencedObjectType: input.referencedObjectType }),
  };
}

/** One choice of an enumeration property. `value` is what the API takes and gives, `label` what a person sees. */
export interface PropertyOption {
  readonly value: string;
  readonly label: string;
  readonly description: string;
  /** Ascending; -1 sorts last. */
  readonly displayOrder: number;
  readonly hidden: boolean;
}

export type PropertyType =
  'bool' | 'date' | 'datetime' | 'enumeration' | 'json' | 'number' | 'object_coordinates' | 'phone_number' | 'string';

export type PropertyFieldType =
  | 'booleancheckbox'
  | 'calculation_equation'
  | 'calculation_read_time'
  | 'checkbox'
  | 'date'
  | 'file'
  | 'html'
  | 'number'
  | 'phonenumber'
  | 'radio'
  | 'select'
  | 'text'
  | 'textarea';

/** A property as `GET /crm/properties/{version}/{objectType}` gives it. Source: HubSpot's properties specification. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: PropertyFieldType;
  readonly description: string;
  readonly groupName: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly archived: boolean;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly hubspotDefined: boolean;
  readonly formField: boolean;
  readonly dataSensitivity: 'non_sensitive' | 'sensitive' | 'highly_sensitive';
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyOptions?: boolean;
    /** A write to it answers 400 READ_ONLY_VALUE. */
    readonly readOnlyValue: boolean;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly referencedObjectType?: string;
  readonly showCurrencySymbol?: boolean;
  readonly calculationFormula?: string;
  readonly createdUserId?: string;
  readonly updatedUserId?: string;
  readonly archivedAt?: string;
}

/** A heading that properties of one object type stand under. */
export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

export interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  /** Strings only: `{isClosed, probability}` for deals, `{isClosed, ticketState}` for tickets. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT' | 'READ_ONLY' | 'INTERNAL_ONLY';
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly PipelineStage[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

export interface OwnerTeam {
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
}

/** An owner as `GET /crm/owners/{version}` gives it; `id` is what `hubspot_owner_id` holds, not `userId`. */
export interface Owner {
  readonly id: string;
  readonly email: string;
  readonly type: 'PERSON' | 'QUEUE';
  readonly firstName: string;
  readonly lastName: string;
  /** Null when archived (owners specification). */
  readonly userId: number | null;
  readonly userIdIncludingInactive: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly teams: readonly OwnerTeam[];
}

/** One direction of an association between two object types. */
export interface AssociationType {
  /** Plural object type name, for example `notes`. */
  readonly from: string;
  readonly to: string;
  readonly typeId: number;
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED';
  /** Null for the unlabelled default. */
  readonly label: string | null;
  /** The machine name that `associations` of an object carry as `type`, for example `note_to_contact`. */
  readonly name: string;
  /** The type id of the same association read from the other end. */
  readonly inverseTypeId: number;
  /** True for the type that `PUT …/associations/default/…` sets. */
  readonly isDefault: boolean;
}

/** A standard object type under each of the names that paths and bodies use for it. */
export interface ObjectTypeNames {
  readonly objectTypeId: string;
  readonly plural: string;
  readonly singular: string;
  /** The property that the CRM shows as the record's title. */
  readonly primaryDisplayProperty: string;
  /** Where the creation and last change times stand: contacts differ from all others. */
  readonly createdProperty: string;
  readonly modifiedProperty: string;
}

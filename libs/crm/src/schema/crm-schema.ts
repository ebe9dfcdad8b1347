/** What a CRM holds: its objects with their fields and relationships, and what a write needs to name. */
export interface CrmSchemaReading {
  /** The account it was read from. */
  portalId: string;
  objects: CrmObject[];
  owners: CrmOwner[];
  /** Objects that can't be read for want of a scope, each with the scopes to grant. */
  withheld: WithheldObject[];
}

export interface CrmObject {
  /** As the API names it in paths: `contacts`, `deals`, `p48000001_pets`. */
  name: string;
  /** `0-1`, `2-1234`: unchanged when the object is renamed. */
  typeId: string;
  label: string;
  pluralLabel: string;
  description?: string;
  isCustom: boolean;
  /** Whether the connection's scopes let it be read and written. */
  capabilities: { read: boolean; write: boolean };
  /** The scopes that would lift what `capabilities` withholds. */
  missingScopes: string[];
  /** The field that names a record to people: `firstname`, `name`, `dealname`. */
  primaryField?: string;
  /** Searched by free text. */
  searchableFields: string[];
  /** Of which a create needs every one, and one of `requiresOneOf` where there is any. */
  requiredFields: string[];
  requiresOneOf: string[];
  fields: CrmField[];
  pipelines: CrmPipeline[];
  relationships: CrmRelationship[];
}

export interface CrmField {
  name: string;
  label: string;
  description?: string;
  group?: string;
  /** The CRM's own word. Types that are not known here are carried as they are and can be read, never filtered or written. */
  type: 'string' | 'number' | 'bool' | 'date' | 'datetime' | 'enumeration' | 'phone_number' | (string & {});
  /** How people fill it in: `text`, `select`, `checkbox` (several options at once)… */
  fieldType: string;
  /** Of an enumeration, in the order shown. Empty where the CRM fills them from elsewhere (`optionsFromElsewhere`). */
  options: CrmOption[];
  /** Owners, users and the like: the list of options is not closed. */
  optionsFromElsewhere: boolean;
  isUnique: boolean;
  /** A value that can't be set: calculated, archived, hidden, or closed by its definition. */
  isReadOnly: boolean;
  isHidden: boolean;
  /** `none`, or how the CRM marks what it holds (`sensitive`, `highly_sensitive`…). */
  sensitivity: string;
}

export interface CrmOption {
  value: string;
  label: string;
  isHidden: boolean;
}

export interface CrmPipeline {
  id: string;
  label: string;
  isDefault: boolean;
  /** In their order. */
  stages: { id: string; label: string; isClosed: boolean }[];
}

/** One way in which records of an object can be tied to those of another. */
export interface CrmRelationship {
  /** Name of the other object. */
  to: string;
  typeId: number;
  category: string;
  /** Undefined: the plain tie. */
  label?: string;
}

export interface CrmOwner {
  id: string;
  email?: string;
  name: string;
}

export interface WithheldObject {
  name: string;
  label: string;
  missingScopes: string[];
}

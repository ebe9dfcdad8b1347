import type { AssociationType } from '../catalogue/index.js';

/** An association type of this portal; the catalogue's ones and the portal's own labels alike. */
export type AssociationDefinition = AssociationType;

export interface CustomObjectType {
  /** `2-N`; also the key of its records. */
  readonly objectTypeId: string;
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly labels: { readonly singular?: string; readonly plural?: string };
  readonly description?: string;
  readonly primaryDisplayProperty?: string;
  readonly secondaryDisplayProperties: readonly string[];
  readonly requiredProperties: readonly string[];
  readonly searchableProperties: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

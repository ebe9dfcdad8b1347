export type {
  AssociationType,
  ObjectTypeNames,
  Owner,
  OwnerTeam,
  Pipeline,
  PipelineStage,
  PropertyDefinition,
  PropertyFieldType,
  PropertyGroup,
  PropertyOption,
  PropertyType,
} from './catalogue-types.js';
export { associationTypes, associationTypesBetween, defaultAssociationType } from './association-types.js';
export { objectTypes, resolveObjectType } from './object-types.js';
export { defaultPipelines } from './pipelines.js';
export { defaultReadProperties, propertiesOf, propertyGroupsOf, searchableByDefault } from './properties.js';
export { customProperty, type PropertyInput } from './define-property.js';

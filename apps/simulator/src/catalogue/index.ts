export type {
  AssociationType,
  ObjectTypeNames,
  Owner,
  Pipeline,
  PipelineStage,
  PropertyDefinition,
  PropertyGroup,
} from './catalogue-types.js';
export { associationTypes, associationTypesBetween, defaultAssociationType } from './association-types.js';
export { objectTypes, resolveObjectType } from './object-types.js';
export { defaultPipelines } from './pipelines.js';
export { defaultReadProperties, propertiesOf, propertyGroupsOf, searchableByDefault } from './properties.js';
export { customProperty, type PropertyInput } from './define-property.js';

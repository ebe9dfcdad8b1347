import type { CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { validationError, type Refusal } from '../refuse/refusal.js';

/** Minimum properties on create, each entry a choice of which one is enough (FACTS §4, §5). */
const MINIMUM: Readonly<Record<string, readonly (readonly string[])[]>> = {
  contacts: [['email', 'firstname', 'lastname']],
  companies: [['domain', 'name']],
  deals: [['dealname'], ['dealstage'], ['pipeline']],
  tickets: [['subject'], ['hs_pipeline'], ['hs_pipeline_stage']],
  notes: [['hs_timestamp']],
  calls: [['hs_timestamp']],
  communications: [['hs_timestamp'], ['hs_communication_channel_type']],
};

/**
 * The refusal for a create that leaves out what HubSpot or this portal's admin requires; undefined when nothing is
 * missing. An update is only checked for emptying what the portal requires.
 */
export function missingOnCreate(
  portal: Portal,
  typeKey: string,
  changes: Readonly<Record<string, string | null>>,
  existing: CrmRecord | undefined,
  dated: boolean,
): Refusal | undefined {
  const { enforceRequiredProperties, requiredProperties } = portal.flags;
  const byPortal = enforceRequiredProperties && dated ? (requiredProperties[typeKey] ?? []) : [];
  const byPortalMissing = byPortal.filter((name) =>
    existing ? changes[name] === null : changes[name] === undefined || changes[name] === null,
  );
  if (byPortalMissing.length > 0) {
    return validationError(
      'The property values provided are invalid',
      byPortalMissing.map((name) => ({
        message: `A value for ${name} must be provided`,
        code: 'MISSING_REQUIRED_PROPERTY',
        context: { propertyName: [name] },
      })),
    );
  }
  if (existing) return undefined;
  const custom = portal.schema.customObjectType(typeKey)?.requiredProperties.map((name) => [name]);
  const lacking = (custom ?? MINIMUM[typeKey] ?? []).filter((choice) => !choice.some((name) => changes[name]));
  if (lacking.length === 0) return undefined;
  const names = lacking.map((choice) => choice.join(' or '));
  return validationError(
    `Error creating ${portal.schema.names(typeKey).singular.toUpperCase()}. Some required properties were not set.`,
    lacking.map((choice, index) => ({
      message: `Required property ${names[index]} was not set`,
      code: 'REQUIRED_FIELD',
      context: { properties: choice },
    })),
    { properties: lacking.flat() },
  );
}

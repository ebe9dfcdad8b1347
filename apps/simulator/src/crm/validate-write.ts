import type { Portal } from '../portal/portal.js';
import type { CrmRecord } from '../portal/crm-record.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { isObject, scalarText } from '../serve/read-json.js';
import { forwardOnlyLifecycle } from './lifecycle-stage.js';
import { normaliseValue, type ValueProblem } from './normalise-value.js';
import { pipelineProblem } from './pipeline-stage.js';
import { missingOnCreate } from './required-properties.js';

/** A note that a write was kept in another form than submitted; calendar paths only (FACTS §0). */
export interface WriteWarning {
  readonly category: 'PROPERTY_VALUE_NORMALIZED';
  readonly context: { readonly normalizedValue: string; readonly propertyName: string; readonly rawValue: string };
  readonly message: string;
}

export interface ValidWrite {
  /** Normalised values; null clears. */
  readonly changes: Record<string, string | null>;
  readonly warnings: readonly WriteWarning[];
}

/** Checks submitted properties as HubSpot does, against the record they are for when there is one. */
export function validateWrite(
  portal: Portal,
  typeKey: string,
  given: unknown,
  existing: CrmRecord | undefined,
  dated: boolean,
): ValidWrite | Refusal {
  if (given !== undefined && !isObject(given)) return invalidInput('properties must be a JSON object');
  const submitted = given ?? {};
  const problems: ValueProblem[] = [];
  const warnings: WriteWarning[] = [];
  const changes: Record<string, string | null> = {};
  const definitions = portal.schema.definitions(typeKey);
  for (const [name, raw] of Object.entries(submitted)) {
    const value = raw === null ? '' : scalarText(raw);
    if (value === undefined) return invalidInput(`Cannot deserialize value of type String for property ${name}`);
    const definition = definitions.get(name);
    if (!definition || definition.archived) {
      if (existing && portal.flags.ignoreUnknownOnPatch) continue;
      problems.push({ property: name, code: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` });
      continue;
    }
    if (definition.calculated || definition.modificationMetadata.readOnlyValue) {
      problems.push({
        property: name,
        code: 'READ_ONLY_VALUE',
        message: definition.calculated
          ? `"${name}" is a calculated property; its value cannot be set.`
          : `"${name}" is a read only property; its value cannot be set.`,
      });
      continue;
    }
    const normalised = normaliseValue(portal, typeKey, definition, value, existing?.properties[name]);
    if ('code' in normalised) {
      problems.push(normalised);
      continue;
    }
    changes[name] = normalised.value;
    if (normalised.normalised && normalised.value !== null && dated) {
      warnings.push(normalisedWarning(name, value, normalised.value));
    }
  }
  if (typeKey === 'contacts') {
    const backward = forwardOnlyLifecycle(portal, changes, existing);
    if (backward) problems.push(backward);
  }
  const pipeline = pipelineProblem(portal, typeKey, changes, existing);
  if (pipeline) problems.push(pipeline);
  if (problems.length > 0) return propertyRefusal(portal.hubId, problems);
  const missing = missingOnCreate(portal, typeKey, changes, existing, dated);
  if (missing) return missing;
  return { changes, warnings };
}

/** The 400 of FACTS §3.6: the problems once as JSON text inside the message and once as `errors`. */
function propertyRefusal(hubId: number, problems: readonly ValueProblem[]): Refusal {
  const inMessage = problems.map(({ property, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name: property,
    localizedErrorMessage: message,
    portalId: hubId,
  }));
  return validationError(
    `Property values were not valid: ${JSON.stringify(inMessage)}`,
    problems.map(({ property, code, message }) => ({ message, code, context: { propertyName: [property] } })),
  );
}

const normalisedWarning = (propertyName: string, rawValue: string, normalizedValue: string): WriteWarning => ({
  category: 'PROPERTY_VALUE_NORMALIZED',
  context: { normalizedValue, propertyName, rawValue },
  message: `The value ${rawValue} of property ${propertyName} was normalized to ${normalizedValue}`,
});

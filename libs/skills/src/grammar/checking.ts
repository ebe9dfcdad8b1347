import type { CrmField, CrmObject } from '@app/crm';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import type { Operand } from './binding.js';
import type { Problems } from './binding-problem.js';
import type { InputUse } from './checked-binding.js';
import { fieldOf, isSensitive, objectOf, RECORD_ID } from './known-fields.js';
import { type InputRole, isOneMoment, isToken } from './fitting-types.js';
import { legalOperators } from './legal-operators.js';
import { isDay, readValue, withoutWildcards } from './read-value.js';

type Purpose = 'select' | 'filter' | 'sort' | 'write';

/** One check of one binding: what it looks things up in, what it found to be wrong, and where inputs are used. */
export class Checking {
  readonly uses: InputUse[] = [];

  constructor(
    readonly snapshot: SchemaSnapshot,
    readonly problems: Problems,
  ) {}

  /** Complains at `path` when it isn't there, or withheld. */
  object(path: string, name: string, access: 'read' | 'write'): CrmObject | undefined {
    const object = objectOf(this.snapshot, name);
    const withheld = this.snapshot.withheld.find((each) => each.name === name);
    if (object === undefined && withheld === undefined) {
      this.problems.add(path, 'unknown_object', `is not an object of this portal`);
      return undefined;
    }
    if (object?.capabilities[access] === true) return object;
    const scopes = (object ?? withheld)?.missingScopes ?? [];
    const grant = scopes.length === 0 ? '' : `: grant ${scopes.join(', ')} and connect again`;
    this.problems.add(
      path,
      'withheld_object',
      `can't be ${access === 'read' ? 'read' : 'written'} by this connection${grant}`,
    );
    return undefined;
  }

  /** Complains at `path` when it isn't there, or not for this purpose. */
  field(path: string, object: CrmObject, { name, purpose }: { name: string; purpose: Purpose }): CrmField | undefined {
    const field = fieldOf(object, name);
    if (field === undefined) {
      this.problems.add(path, 'unknown_field', `is not a field of ${object.name}`);
      return undefined;
    }
    if (isSensitive(field)) {
      this.problems.add(path, 'sensitive_field', 'is marked sensitive in HubSpot');
      return undefined;
    }
    if (purpose === 'write' && field.isReadOnly) {
      this.problems.add(path, 'read_only_field', 'is set by HubSpot itself');
      return undefined;
    }
    if (purpose !== 'select' && legalOperators(field).length === 0) {
      this.problems.add(path, 'unknown_type', `has a type that can only be read: ${field.type}`);
      return undefined;
    }
    return field;
  }

  /** A constant is checked at once; an input when all its uses are known. */
  operand(
    path: string,
    operand: Operand,
    place: { object: CrmObject; field: CrmField; role: InputRole; pipelineId?: string },
  ): void {
    const { object, field, role, pipelineId } = place;
    if ('input' in operand) {
      this.uses.push({ input: operand.input, path, object, field, role });
      return;
    }
    const purpose = role.as === 'written' || role.as === 'key' ? 'write' : 'filter';
    const { owners } = this.snapshot;
    const read = readValue({ object, field, owners, for: purpose, pipelineId }, operand.constant);
    if (!read.read) this.problems.add(`${path}.constant`, read.reason, read.message);
    else if (isToken(role) && read.texts.some((text) => withoutWildcards(text) === ''))
      this.problems.add(
        `${path}.constant`,
        'wrong_value',
        'is no word to look for: whether there is anything at all is asked by HAS_PROPERTY',
      );
    else if (field.type === 'datetime' && isOneMoment(role) && read.texts.some(isDay))
      this.problems.add(
        `${path}.constant`,
        'wrong_value',
        `is a day, and ${field.name} holds times: ask with LT or GT`,
      );
  }
  /** The id of a record. An input without a field it stands for would vanish from the tool. */
  record(path: string, id: Operand, object: CrmObject): void {
    const field = fieldOf(object, RECORD_ID);
    if (field !== undefined) this.operand(path, id, { object, field, role: { as: 'record' } });
    else this.problems.add(path, 'unknown_field', `needs ${RECORD_ID}, which ${object.name} don't have`);
  }
}

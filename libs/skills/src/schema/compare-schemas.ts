import type { CrmField, CrmObject, CrmSchemaReading } from '@app/crm';

/** What became of a portal's schema from one version to the next. Objects are known by their type, whatever their name. */
export interface SchemaDifference {
  objects: { added: string[]; gone: string[]; changed: { object: string; what: ObjectAspect[] }[] };
  /** Of objects that were there before and after. */
  fields: { added: FieldName[]; gone: FieldName[]; changed: (FieldName & { what: FieldAspect[] })[] };
}

/** By the names of now; of what is gone by the last ones. */
export interface FieldName {
  object: string;
  field: string;
}

export type ObjectAspect =
  | 'name'
  | 'label'
  | 'capabilities'
  | 'primaryField'
  | 'searchableFields'
  | 'requiredFields'
  | 'requiresOneOf'
  | 'pipelines'
  | 'relationships';

export type FieldAspect = Exclude<keyof CrmField, 'name' | 'description' | 'group'>;

const OBJECT_ASPECTS: readonly ObjectAspect[] = [
  'name',
  'label',
  'capabilities',
  'primaryField',
  'searchableFields',
  'requiredFields',
  'requiresOneOf',
  'pipelines',
  'relationships',
];

const FIELD_ASPECTS: readonly FieldAspect[] = [
  'label',
  'type',
  'fieldType',
  'options',
  'optionsFromElsewhere',
  'isUnique',
  'isReadOnly',
  'isHidden',
  'sensitivity',
];

export function compareSchemas(
  before: Pick<CrmSchemaReading, 'objects'>,
  after: Pick<CrmSchemaReading, 'objects'>,
): SchemaDifference {
  const { added, gone, kept } = pair(before.objects, after.objects, ({ typeId }) => typeId);
  const fields = kept.map((both) => ({ object: both.now.name, ...pair(both.was.fields, both.now.fields, byName) }));
  return {
    objects: {
      added: added.map(byName),
      gone: gone.map(byName),
      changed: kept.flatMap(({ was, now }) => {
        const what = changedAspects(was, now, OBJECT_ASPECTS);
        return what.length > 0 ? [{ object: now.name, what }] : [];
      }),
    },
    fields: {
      added: fields.flatMap((one) => one.added.map(({ name }) => ({ object: one.object, field: name }))),
      gone: fields.flatMap((one) => one.gone.map(({ name }) => ({ object: one.object, field: name }))),
      changed: fields.flatMap(({ object, kept: both }) =>
        both.flatMap(({ was, now }) => {
          const what = changedAspects(was, now, FIELD_ASPECTS);
          return what.length > 0 ? [{ object, field: now.name, what }] : [];
        }),
      ),
    },
  };
}

function byName({ name }: CrmObject | CrmField): string {
  return name;
}

function pair<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string) {
  const was = new Map(before.map((one) => [keyOf(one), one]));
  const now = new Map(after.map((one) => [keyOf(one), one]));
  return {
    added: after.filter((one) => !was.has(keyOf(one))),
    gone: before.filter((one) => !now.has(keyOf(one))),
    kept: [...now].flatMap(([key, one]) => {
      const former = was.get(key);
      return former === undefined ? [] : [{ was: former, now: one }];
    }),
  };
}

/** Both were normalised, so that what is equal has the same text. */
function changedAspects<T, K extends keyof T>(was: T, now: T, aspects: readonly K[]): K[] {
  return aspects.filter((aspect) => textOf(was[aspect]) !== textOf(now[aspect]));
}

/** PostgreSQL keeps members in an order of its own. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
  const members = Object.entries(value).map(([name, each]) => `${name}:${textOf(each)}`);
  return `{${members.toSorted().join()}}`;
}

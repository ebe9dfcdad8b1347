import type { CrmField, CrmObject } from '@app/crm';
import type { Assignment, Constant, Operand, RestWrite } from '../grammar/binding.js';
import { fieldOf, isContactEmail, isContacts, isPhoneField, OWNER, pipelineFields } from '../grammar/known-fields.js';
import { DraftInputs, type DraftReason, inputNameOf, singularOf } from './draft-parts.js';
import type { GoalItem } from './goal-items.js';
import { nameFields } from './lexicon.js';
import type { Head } from './read-goal.js';
import { choicesIn, negatedIn, type SaidChoice } from './said-choices.js';

export type WriteDraft =
  | { drafted: true; write: RestWrite; inputs: DraftInputs; reasons: DraftReason[]; asked: CrmField[] }
  | { drafted: false; missing: 'field_to_change' | 'unique_field'; message: string };

const ASSOCIABLE = ['contacts', 'companies', 'deals', 'tickets'] as const;

/** Turns what was read into a write, field by field. */
export class WriteDrafting {
  private readonly inputs = new DraftInputs();
  private readonly reasons: DraftReason[] = [];
  private readonly set: Assignment[] = [];
  private readonly asked: CrmField[] = [];

  constructor(
    private readonly action: 'create' | 'update' | 'findOrCreate',
    private readonly head: Head,
    private readonly items: readonly GoalItem[],
    private readonly pick: (item: Extract<GoalItem, { kind: 'field' }>) => CrmField | undefined,
  ) {}

  draft(): WriteDraft {
    const { object } = this.head;
    const written = { object: object.name, set: this.set };
    if (this.action === 'update') {
      const id = this.inputs.add(`${singularOf(object)}_id`, {
        description: `Id of the ${object.label}, from an earlier find`,
      });
      this.assignSaid();
      // Of several fields whichever is known; a single one is what the tool is for.
      const [only, ...more] = this.inputs.inputs.slice(1);
      if (only !== undefined && more.length === 0) only.required = true;
      const associate = this.ties();
      if (this.set.length === 0 && associate.length === 0)
        return { drafted: false, missing: 'field_to_change', message: `say which field of a ${object.label} changes` };
      if (!('input' in id)) throw new TypeError('An input was added as something else');
      this.reasons.unshift({
        path: 'restWrite.id',
        said: this.head.said,
        chosen: id.input,
        message: 'what is changed was found before',
      });
      return this.done({ action: 'update', ...written, id, associate });
    }
    if (this.action === 'create') {
      this.assignSaid();
      this.assignRequired();
      return this.done({ action: 'create', ...written, associate: this.ties() });
    }
    const key = this.keyField();
    if (key === undefined)
      return {
        drafted: false,
        missing: 'unique_field',
        message: `${object.pluralLabel} have no such field that only one of them can hold`,
      };
    const keyed = { field: key.field.name, value: this.inputOf(key.field, true) };
    this.reasons.push({
      path: 'restWrite.key',
      said: key.said,
      chosen: key.field.name,
      message: 'what one is known by',
    });
    this.asked.push(key.field);
    this.assignSaid(key.field);
    this.assignRequired(key.field);
    return this.done({ action: 'findOrCreate', ...written, key: keyed, associate: this.ties() });
  }

  private done(write: RestWrite): WriteDraft {
    return { drafted: true, write, inputs: this.inputs, reasons: this.reasons, asked: this.asked };
  }

  private assignSaid(except?: CrmField): void {
    const { object } = this.head;
    const pipelineId = this.action === 'update' ? undefined : this.pipeline()?.id;
    const choices = choicesIn(this.items, { object, pipelineId });
    const negated = negatedIn(this.items);
    this.items.forEach((item, index) => {
      const next = this.items[index + 1];
      if (item.kind === 'option') {
        const one = choices.find(({ field }) => field === item.options[0]?.field);
        if (one !== undefined && !one.field.isReadOnly) this.assignChoice(one);
      } else if (negated.has(item)) {
        // What it is not to have is not set.
      } else if (item.kind === 'field') {
        const field = this.pick(item);
        if (field === undefined || field === except || choices.some((one) => one.field === field)) return;
        const value = next?.kind === 'value' ? constantFor(field, next) : undefined;
        this.assign(field, value === undefined ? undefined : { constant: value }, item.said);
      } else if (item.kind === 'names') {
        for (const field of nameFields(this.head.object))
          if (field !== except) this.assign(field, undefined, item.said);
      } else if (item.kind === 'owned') this.assignOwner(item.said);
      else if (item.kind === 'closed' || item.kind === 'open') this.assignState(item);
    });
  }

  private assign(field: CrmField, operand: Operand | undefined, said: string): void {
    if (this.set.some((one) => one.field === field.name)) return;
    const value = operand ?? this.inputOf(field, this.isRequired(field));
    const message =
      'constant' in value
        ? 'the same each time, as the goal says'
        : said === ''
          ? 'HubSpot requires it'
          : 'the AI agent is asked for it';
    this.reasons.push({ path: `restWrite.set[${this.set.length}]`, said, chosen: field.name, message });
    if ('input' in value) this.asked.push(field);
    this.set.push({ field: field.name, value });
  }

  private assignChoice({ field, said, choice }: SaidChoice): void {
    if (this.set.some((one) => one.field === field.name)) return;
    this.assign(
      field,
      'constant' in choice ? choice : this.inputOf(field, this.isRequired(field), choice.options),
      said,
    );
  }

  private isRequired({ name }: CrmField): boolean {
    return this.action !== 'update' && this.head.object.requiredFields.includes(name);
  }

  private assignOwner(said: string): void {
    const field = fieldOf(this.head.object, OWNER);
    const email = this.items.find((item) => item.kind === 'value' && item.of === 'email');
    if (field !== undefined) this.assign(field, email?.kind === 'value' ? { constant: email.text } : undefined, said);
  }

  /** Won or lost, in one pipeline or another: where there are several ways to be closed, nobody guesses which is meant. */
  private assignState({ kind, said }: GoalItem): void {
    const { object } = this.head;
    const standard = object.pipelines.find(({ isDefault }) => isDefault) ?? object.pipelines[0];
    const field = fieldOf(object, pipelineFields(object)?.stage ?? '');
    if (standard === undefined || field === undefined) return;
    // What exists may be in any; where a new one goes is decided.
    const pipelines = this.action === 'update' ? object.pipelines : [standard];
    const stages = pipelines.flatMap((pipeline) =>
      pipeline.stages.filter(({ isClosed }) => isClosed === (kind === 'closed')).map(({ id }) => id),
    );
    // A record opens again where records begin.
    const meant = kind === 'open' && pipelines.length === 1 ? stages.slice(0, 1) : [...new Set(stages)];
    const [only, ...more] = meant;
    if (only === undefined) return;
    this.assignChoice({ field, said, choice: more.length === 0 ? { constant: only } : { options: meant } });
  }

  /** What HubSpot wants beside what was said: pipeline and stage by themselves, the rest from the AI agent. */
  private assignRequired(key?: CrmField): void {
    const { object } = this.head;
    const has = (name: string): boolean => this.set.some(({ field }) => field === name) || key?.name === name;
    const names = pipelineFields(object);
    const pipeline = this.pipeline();
    const open = pipeline?.stages.find(({ isClosed }) => !isClosed) ?? pipeline?.stages[0];
    // Its stages are not known before the pipeline is.
    const isPipelineAsked = this.set.some(({ field, value }) => field === names?.pipeline && 'input' in value);
    for (const name of object.requiredFields) {
      const field = fieldOf(object, name);
      if (field === undefined || has(name)) continue;
      if (name === names?.pipeline && pipeline !== undefined) this.assign(field, { constant: pipeline.id }, '');
      else if (name === names?.stage && open !== undefined && !isPipelineAsked)
        this.assign(field, { constant: open.id }, '');
      else this.assign(field, undefined, '');
    }
    this.requireNames(key);
  }

  /** Of which HubSpot wants one: where none was said, all are asked for, and one of them has to come. */
  private requireNames(key?: CrmField): void {
    const { object } = this.head;
    const { requiresOneOf } = object;
    const isKeyed =
      key !== undefined && (requiresOneOf.includes(key.name) || (isContacts(object) && isPhoneField(key)));
    if (requiresOneOf.length === 0 || isKeyed) return;
    const said = this.set.filter(({ field }) => requiresOneOf.includes(field));
    if (said.length === 0) for (const name of requiresOneOf) this.assignNamed(name);
    const given = this.set.filter(({ field }) => requiresOneOf.includes(field));
    const first = given.find(({ field }) => /name/.test(field)) ?? given[0];
    if (first === undefined || 'constant' in first.value) return;
    const { input: name } = first.value;
    const input = this.inputs.inputs.find((one) => one.name === name);
    if (input !== undefined) input.required = true;
  }

  private assignNamed(name: string): void {
    const field = fieldOf(this.head.object, name);
    if (field !== undefined) this.assign(field, undefined, '');
  }

  /** The pipeline of a stage that was said, else the portal's default one. */
  private pipeline(): CrmObject['pipelines'][number] | undefined {
    const { object } = this.head;
    const names = pipelineFields(object);
    const said = (name: string | undefined): Constant | undefined => {
      const value = this.set.find(({ field }) => field === name)?.value;
      return value !== undefined && 'constant' in value ? value.constant : undefined;
    };
    const [pipelineId, stageId] = [said(names?.pipeline), said(names?.stage)];
    return (
      object.pipelines.find(({ id }) => id === pipelineId) ??
      object.pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId)) ??
      object.pipelines.find(({ isDefault }) => isDefault) ??
      object.pipelines[0]
    );
  }

  /** After `by`; else the first that was said and can be a key; else what the object is known by. */
  private keyField(): { field: CrmField; said: string } | undefined {
    const { object } = this.head;
    const said = this.items.flatMap((item, index) => {
      const field = item.kind === 'field' ? this.pick(item) : undefined;
      return field === undefined ? [] : [{ field, said: item.said, isBy: this.items[index - 1]?.kind === 'by' }];
    });
    const by = said.filter(({ isBy }) => isBy);
    const found = (by.length > 0 ? by : said).find(({ field }) => canBeKey(object, field));
    if (found !== undefined || by.length > 0) return found;
    const usual = ['phone', 'email']
      .map((name) => fieldOf(object, name))
      .find((field) => field !== undefined && canBeKey(object, field));
    const field = usual ?? object.fields.find((one) => canBeKey(object, one));
    return field === undefined ? undefined : { field, said: '' };
  }

  private ties(): RestWrite['associate'] {
    return this.items
      .flatMap((item) => {
        if (item.kind !== 'tie' || item.object === this.head.object) return [];
        const to = ASSOCIABLE.find((name) => name === item.object.name);
        if (to === undefined || !this.head.object.relationships.some((way) => way.to === to && way.label === undefined))
          return [];
        const id = this.inputs.add(`${singularOf(item.object)}_id`, {
          description: `Id of the ${item.object.label}, from an earlier find`,
        });
        this.reasons.push({
          path: 'restWrite.associate',
          said: `${item.by} ${item.said}`,
          chosen: to,
          message: 'it is tied to one that was found before',
        });
        return [{ to, id }];
      })
      .filter(({ to }, index, all) => all.findIndex((other) => other.to === to) === index);
  }

  private inputOf(field: CrmField, required: boolean, options?: string[]): Operand {
    return this.inputs.add(inputNameOf(field), { description: field.label || field.name, required, options });
  }
}

function canBeKey(object: CrmObject, field: CrmField): boolean {
  return (
    !field.isReadOnly &&
    (field.isUnique || isContactEmail(object, field.name) || (isContacts(object) && isPhoneField(field)))
  );
}

function constantFor(field: CrmField, value: Extract<GoalItem, { kind: 'value' }>): Constant | undefined {
  if (value.of === 'number') return field.type === 'number' ? Number(value.text) : undefined;
  if (value.of === 'date') return field.type === 'date' || field.type === 'datetime' ? value.text : undefined;
  return undefined;
}

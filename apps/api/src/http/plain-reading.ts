import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/*
 * What arrives is nearly always right, and checking it with class-validator and class-transformer took a fifth of a
 * request's time. So every field also says here how a right value is read. Whatever a reader is not sure of is UNSURE, and
 * the two libraries decide: they alone refuse, and word the refusal.
 */

/** Not plainly right: it may still be, by the rules. */
export const UNSURE = Symbol('unsure');

/** @returns what the rules would make of a value that plainly keeps them, else UNSURE. */
export type Reader = (value: unknown) => unknown;

interface Known {
  read: Reader;
  isOptional: boolean;
  /** Rules the property had when it was declared: one that is stacked on it later is not known to the reader. */
  rules: number;
}

const known = new Map<object, Map<string, Known>>();
const compiled = new WeakMap<object, Reader>();

/** Last of a field's decorators. */
export function readsPlainly(read: Reader, { optional = false }: { optional?: boolean }): PropertyDecorator {
  return (target, property) => {
    const fields = known.get(target.constructor) ?? new Map<string, Known>();
    known.set(target.constructor, fields);
    const name = String(property);
    fields.set(name, { read, isOptional: optional, rules: countRules(target.constructor).get(name) ?? 0 });
  };
}

/** For a field with one more rule than its kind has. */
export function alsoPlainly(keeps: (value: unknown) => boolean): PropertyDecorator {
  return (target, property) => {
    const field = known.get(target.constructor)?.get(String(property));
    if (field === undefined) throw new Error(`${String(property)} is not declared as a field yet`);
    const read: Reader = (value) => (keeps(value) ? field.read(value) : UNSURE);
    readsPlainly(read, { optional: field.isOptional })(target, property);
  };
}

/** @returns an instance as the rules would make it, or UNSURE. */
export function readPlainly<T extends object>(type: Type<T>, value: unknown): T | typeof UNSURE {
  let read = compiled.get(type);
  if (read === undefined) {
    read = compile(type);
    compiled.set(type, read);
  }
  return read(value) as T | typeof UNSURE;
}

/** For a field that holds another DTO. */
export function readsObject(type: () => Type<object>): Reader {
  return (value) => readPlainly(type(), value);
}

export function readsList(read: Reader, { min = 0, max }: { min?: number; max: number }): Reader {
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return UNSURE;
    const items: unknown[] = [];
    for (const entry of value) {
      const item = read(entry);
      if (item === UNSURE) return UNSURE;
      items.push(item);
    }
    return items;
  };
}

/** Lengths as validator.js counts them: a surrogate pair is one, a variation selector none. */
export function readsText({ min, max }: { min: number; max: number }): Reader {
  return (value) => (typeof value === 'string' && value.length <= max && countsAtLeast(value, min) ? value : UNSURE);
}

function countsAtLeast(text: string, least: number): boolean {
  let plain = 0;
  for (let index = 0; index < text.length && plain < least; index++) if (text.charCodeAt(index) < 0xd800) plain += 1;
  return plain >= least;
}

function compile<T extends object>(type: Type<T>): Reader {
  const fields = fieldsOf(type);
  const required = [...fields].filter(([, { isOptional }]) => !isOptional).map(([name]) => name);
  if (fields.size === 0) return () => UNSURE;
  return (value) => {
    if (!isPlain(value)) return UNSURE;
    const instance = new type();
    const into = instance as Record<string, unknown>;
    for (const name of Object.keys(value)) {
      const read = fields.get(name)?.read;
      const item = read === undefined ? UNSURE : read(value[name]);
      if (item === UNSURE) return UNSURE;
      if (item !== undefined) into[name] = item;
    }
    for (const name of required) if (into[name] === undefined) return UNSURE;
    return instance;
  };
}

/** Empty when the class has a rule that no reader knows of. */
function fieldsOf(type: Type<object>): Map<string, Known> {
  const fields = new Map<string, Known>();
  const line: object[] = [];
  for (let each: object | null = type; each !== null; each = Object.getPrototypeOf(each) as object | null)
    line.push(each);
  for (const each of line.toReversed()) for (const [name, field] of known.get(each) ?? []) fields.set(name, field);
  const rules = countRules(type);
  const isKnown = fields.size === rules.size && [...fields].every(([name, field]) => field.rules === rules.get(name));
  return isKnown ? fields : new Map();
}

/** Rules of each property, inherited ones too. */
function countRules(type: object): Map<string, number> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type as Type<object>, '', false, false);
  const counts = new Map<string, number>();
  for (const { propertyName } of rules) counts.set(propertyName, (counts.get(propertyName) ?? 0) + 1);
  return counts;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

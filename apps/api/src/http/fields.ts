import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { type Reader, readsList, readsObject, readsPlainly, readsText, UNSURE } from './plain-reading.js';

/*
 * One decorator per kind of field: what is checked and what the OpenAPI document says can't drift apart. An optional
 * field may be left out or null; null means left out, unless `nullable` says that it means "clear".
 */

interface FieldOptions {
  optional?: boolean;
  nullable?: boolean;
  description?: string;
  example?: unknown;
  default?: unknown;
}

function presence({ optional = false, nullable = false }: FieldOptions): PropertyDecorator[] {
  if (!optional) return [IsDefined({ message: 'is required' })];
  if (nullable) return [IsOptional()];
  return [IsOptional(), Transform(({ value }: { value: unknown }) => value ?? undefined)];
}

/** How a right value is read without asking the rules: null means left out, where a field may be. */
function plainly(options: FieldOptions, read: Reader): PropertyDecorator {
  const { optional = false, nullable = false } = options;
  if (!optional) return readsPlainly(read, options);
  return readsPlainly((value) => (value === null ? (nullable ? null : undefined) : read(value)), options);
}

/** Swagger tells a lazy type from a class by the function's name, `type`: a property written out here has that name. */
function documented(options: FieldOptions, schema: ApiPropertyOptions): PropertyDecorator {
  const { optional = false, nullable = false, description, example, default: fallback } = options;
  return ApiProperty({
    ...schema,
    required: !optional,
    ...(nullable ? { nullable } : {}),
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    ...(fallback === undefined ? {} : { default: fallback }),
  } as ApiPropertyOptions);
}

export function TextField(options: FieldOptions & { min?: number; max: number; format?: string }): PropertyDecorator {
  const { min = 1, max, format } = options;
  return applyDecorators(
    ...presence(options),
    IsString({ message: 'must be text' }),
    MinLength(min, { message: min === 1 ? 'must not be empty' : `must have at least ${min} characters` }),
    MaxLength(max, { message: `must have at most ${max} characters` }),
    documented(options, { type: String, minLength: min, maxLength: max, ...(format === undefined ? {} : { format }) }),
    plainly(options, readsText({ min, max })),
  );
}

export function EnumField(values: readonly string[], options: FieldOptions & { name: string }): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsIn(values, { message: `must be one of ${values.join(', ')}` }),
    documented(options, { enum: [...values], enumName: options.name }),
    plainly(options, (value) => (values.some((one) => one === value) ? value : UNSURE)),
  );
}

export function EnumListField(values: readonly string[], options: FieldOptions & { name: string }): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(1, { message: 'must not be empty' }),
    ArrayMaxSize(values.length, { message: `must have at most ${values.length} entries` }),
    IsIn(values, { each: true, message: `must hold only ${values.join(', ')}` }),
    documented(options, { enum: [...values], enumName: options.name, isArray: true, minItems: 1 }),
    plainly(
      options,
      readsList((value) => (values.some((one) => one === value) ? value : UNSURE), { min: 1, max: values.length }),
    ),
  );
}

export function IntegerField(
  options: FieldOptions & { min: number; max: number; fromText?: boolean },
): PropertyDecorator {
  const { min, max, fromText = false } = options;
  const range = { message: `must be a whole number from ${min} to ${max}` };
  return applyDecorators(
    // Query strings carry text only; in a JSON body "5" is not a number.
    ...(fromText ? [Transform(({ value }: { value: unknown }) => readNumber(value))] : []),
    ...presence(options),
    IsInt(range),
    Min(min, range),
    Max(max, range),
    documented(options, { type: 'integer', minimum: min, maximum: max }),
    plainly(options, (value) => {
      const number = fromText ? readNumber(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max ? number : UNSURE;
    }),
  );
}

export function BooleanField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsBoolean({ message: 'must be true or false' }),
    documented(options, { type: Boolean }),
    plainly(options, (value) => (typeof value === 'boolean' ? value : UNSURE)),
  );
}

export function TimeField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    Transform(({ value }: { value: unknown }) => readTime(value)),
    IsDate({ message: 'must be a time such as 2026-01-31T10:00:00Z' }),
    documented(options, { type: String, format: 'date-time' }),
    plainly({ ...options, nullable: false }, (value) => {
      const time = readTime(value);
      return time instanceof Date ? time : UNSURE;
    }),
  );
}

export function TextListField(options: FieldOptions & { maxItems: number; max: number }): PropertyDecorator {
  const { maxItems, max } = options;
  return applyDecorators(
    ...presence(options),
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} entries` }),
    IsString({ each: true, message: 'must hold only text' }),
    MinLength(1, { each: true, message: 'must not hold empty entries' }),
    MaxLength(max, { each: true, message: `must hold only entries of at most ${max} characters` }),
    documented(options, { type: [String], maxItems }),
    plainly(options, readsList(readsText({ min: 1, max }), { max: maxItems })),
  );
}

export function ObjectField(type: () => new () => object, options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsObject({ message: 'must be an object' }),
    ValidateNested(),
    Type(type),
    documented(options, { type: () => type() }),
    plainly(options, readsObject(type)),
  );
}

/** An object whose members are checked later, by whoever knows them. */
export function OpenObjectField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsObject({ message: 'must be an object' }),
    documented(options, { type: 'object', additionalProperties: true }),
    plainly(options, (value) => (isObject(value) ? value : UNSURE)),
  );
}

export function ObjectListField(
  type: () => new () => object,
  options: FieldOptions & { maxItems: number },
): PropertyDecorator {
  const { maxItems } = options;
  return applyDecorators(
    ...presence(options),
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} entries` }),
    IsObject({ each: true, message: 'must hold only objects' }),
    ValidateNested({ each: true }),
    Type(type),
    documented(options, { type: () => type(), isArray: true, maxItems }),
    plainly(options, readsList(readsObject(type), { max: maxItems })),
  );
}

/** A list whose entries are checked one by one later; the document says what they should be. */
export function UncheckedListField(
  type: () => new () => object,
  options: FieldOptions & { maxItems: number },
): PropertyDecorator {
  const { maxItems } = options;
  return applyDecorators(
    ...presence(options),
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} entries` }),
    documented(options, { type: () => type(), isArray: true, maxItems }),
    plainly(
      options,
      readsList((value) => value, { max: maxItems }),
    ),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readNumber(value: unknown): unknown {
  return typeof value === 'string' && value !== '' ? Number(value) : value;
}

const ISO_TIME = /^(19[7-9]\d|[2-9]\d{3})-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 with a time zone becomes a Date; anything else stays, for IsDate to refuse. */
function readTime(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !ISO_TIME.test(value)) return value;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? value : time;
}

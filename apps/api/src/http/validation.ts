import { AppError, type FieldError } from '@app/platform';
import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { readPlainly, UNSURE } from './plain-reading.js';

const RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};

/** Turns bodies and queries into their DTOs, or answers 1001, 1002 or 1003 with every field that is wrong. */
export function createValidationPipe(): ValidationPipe {
  return new PlainFirstPipe({ ...RULES, transform: true, exceptionFactory: (errors) => invalid(errors) });
}

/** What is plainly right needs no rules; everything else is theirs to judge. */
class PlainFirstPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    const read = metatype === undefined || type === 'custom' ? UNSURE : readPlainly(metatype, value);
    return read === UNSURE ? super.transform(value, metadata) : read;
  }
}

/** The same check for one item of a batch, which must not sink the others. @throws AppError */
export async function validateItem<T extends object>(type: new () => T, item: unknown): Promise<T> {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) {
    throw new AppError(1002, 'Each entry must be an object', { errors: [{ field: '', message: 'must be an object' }] });
  }
  const read = readPlainly(type, item);
  if (read !== UNSURE) return read;
  const instance = plainToInstance(type, item);
  const errors = await validate(instance, RULES);
  if (errors.length > 0) throw invalid(errors);
  return instance;
}

type Kind = 'missing' | 'phone' | 'invalid';

function invalid(errors: readonly ValidationError[]): AppError {
  const found = errors.flatMap((error) => flatten(error, ''));
  const fields = found.map(({ field, message }): FieldError => ({ field, message }));
  const first = fields[0];
  const detail = first === undefined ? 'The request is not valid' : `${first.field} ${first.message}`;
  if (found.every(({ kind }) => kind === 'missing')) return new AppError(1001, detail, { errors: fields });
  if (found.every(({ kind }) => kind === 'phone')) return new AppError(1003, detail, { errors: fields });
  return new AppError(1002, detail, { errors: fields });
}

/** Nested errors with the path a caller can find: `messages[2].sentAt`. */
function flatten(
  { property, constraints = {}, children = [] }: ValidationError,
  parent: string,
): (FieldError & { kind: Kind })[] {
  const isIndex = /^\d+$/.test(property) && parent !== '';
  const field = isIndex ? `${parent}[${property}]` : parent === '' ? property : `${parent}.${property}`;
  const own = Object.entries(constraints);
  // Of several complaints about one field the most basic one says enough.
  const [name, message] = own.find(([constraint]) => constraint === 'isDefined') ?? own.at(-1) ?? [];
  const mine =
    name === undefined || message === undefined ? [] : [{ field, message: worded(name, message), kind: kindOf(name) }];
  return [...mine, ...children.flatMap((child) => flatten(child, field))];
}

function worded(constraint: string, message: string): string {
  return constraint === 'whitelistValidation' ? 'is not a known field' : message;
}

function kindOf(constraint: string): Kind {
  if (constraint === 'isDefined') return 'missing';
  return constraint === 'phone' ? 'phone' : 'invalid';
}

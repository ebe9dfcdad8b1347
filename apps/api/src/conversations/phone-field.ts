import { applyDecorators } from '@nestjs/common';
import { registerDecorator } from 'class-validator';
import { TextField } from '../http/fields.js';
import { alsoPlainly } from '../http/plain-reading.js';

/** A number a person could mean: at least five digits, whatever stands around them. Whether it can be *used* is decided later. */
export function PhoneField(options: { optional?: boolean; description?: string }): PropertyDecorator {
  return applyDecorators(
    TextField({ ...options, max: 40, example: '+49 176 1234567' }),
    isPhone(),
    alsoPlainly(isPlausible),
  );
}

function isPhone(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'phone',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: isPlausible,
        defaultMessage: () => 'is not a phone number',
      },
    });
}

/** What is no text is refused as such. */
function isPlausible(value: unknown): boolean {
  return typeof value !== 'string' || (value.match(/\d/g) ?? []).length >= 5;
}

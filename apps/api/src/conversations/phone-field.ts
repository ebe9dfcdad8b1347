import { applyDecorators } from '@nestjs/common';
import { registerDecorator } from 'class-validator';
import { TextField } from '../http/fields.js';

/** A number a person could mean: at least five digits, whatever stands around them. Whether it can be *used* is decided later. */
export function PhoneField(options: { optional?: boolean; description?: string }): PropertyDecorator {
  return applyDecorators(TextField({ ...options, max: 40, example: '+49 176 1234567' }), isPhone());
}

function isPhone(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'phone',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || looksLikePhone(value),
        defaultMessage: () => 'is not a phone number',
      },
    });
}

function looksLikePhone(text: string): boolean {
  return (text.match(/\d/g) ?? []).length >= 5;
}

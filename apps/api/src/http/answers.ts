import { ERROR_CODES, type ErrorCode } from '@app/platform';
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERROR_CODES_EXTENSION, SHOWN_EXTENSION } from '../docs/document-refusals.js';

class FieldProblem {
  @ApiProperty({ example: 'customer.phone' })
  field!: string;
  @ApiProperty({ example: 'is not a phone number' })
  message!: string;
  @ApiProperty({ required: false, description: 'Stable; where a field can be wrong in several ways' })
  reason?: string;
}

class UnderstoodPart {
  @ApiProperty({ example: 'restSearch.object' })
  path!: string;
  @ApiProperty({ example: 'tickets' })
  said!: string;
  @ApiProperty({ example: 'tickets' })
  chosen!: string;
  @ApiProperty({ example: 'the goal names it' })
  message!: string;
}

/** RFC 9457, with the product's members. */
export class ProblemResponse {
  @ApiProperty({ format: 'uri', example: 'https://threadline.dev/problems/1001' })
  type!: string;
  @ApiProperty({ example: 'Required field missing' })
  title!: string;
  @ApiProperty({ type: 'integer', example: 400 })
  status!: number;
  @ApiProperty({ description: 'What is wrong with this request, in words', example: 'channel is required' })
  detail!: string;
  @ApiProperty({ enum: Object.keys(ERROR_CODES).map(Number), description: 'Stable; see the table of errors' })
  code!: number;
  @ApiProperty({ description: 'Whether the same request may succeed later: branch on this', example: false })
  retryable!: boolean;
  @ApiProperty({ description: 'As in X-Trace-Id and in the log', example: '9f86d081884c7d659a2feaa0c55ad015' })
  trace_id!: string;
  @ApiProperty({ required: false, description: 'Stable; narrows the code down' })
  reason?: string;
  @ApiProperty({ required: false, type: 'integer', description: 'Seconds, as in Retry-After' })
  retry_after?: number;
  @ApiProperty({ required: false, type: [FieldProblem], description: 'One for each field that is wrong' })
  errors?: FieldProblem[];
  @ApiProperty({ required: false, type: [String], description: 'What the key or the token lacks' })
  missing_scopes?: string[];
  @ApiProperty({ required: false, type: [UnderstoodPart], description: 'Of a goal that no binding could be made of' })
  understood?: UnderstoodPart[];
  @ApiProperty({ required: false, type: [String], description: 'Words of that goal that nothing was made of' })
  ignored?: string[];
}

/** Documents a success: `{ "data": … }`, and `nextCursor` for lists. `example`: fields that this route shows otherwise. */
export function Answers(
  type: Type,
  options: { status?: number; list?: boolean; description?: string; example?: object } = {},
): MethodDecorator {
  const { status = 200, list = false, description = '', example } = options;
  const item = { $ref: getSchemaPath(type) };
  const shown = example === undefined ? {} : { [SHOWN_EXTENSION]: example };
  return applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status,
      description,
      schema: {
        type: 'object',
        required: ['data'],
        ...shown,
        properties: list
          ? {
              data: { type: 'array', items: item },
              nextCursor: { type: 'string', description: 'Absent on the last page' },
            }
          : { data: item },
      },
    }),
  );
}

/** Documents the refusals of a route's own; those that come with credentials, bodies and limits are added to every route. */
export function Refuses(...codes: ErrorCode[]): MethodDecorator {
  return applyDecorators(ApiExtraModels(ProblemResponse), ApiExtension(ERROR_CODES_EXTENSION, codes));
}

import { ERROR_CODES, type ErrorCode } from '@app/platform';
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';

class FieldProblem {
  @ApiProperty({ example: 'customer.phone' })
  field!: string;
  @ApiProperty({ example: 'is not a phone number' })
  message!: string;
}

/** RFC 9457, with the product's members. */
class ProblemResponse {
  @ApiProperty({ format: 'uri' })
  type!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  status!: number;
  @ApiProperty()
  detail!: string;
  @ApiProperty({ enum: Object.keys(ERROR_CODES).map(Number) })
  code!: number;
  @ApiProperty({ description: 'Whether the same request may succeed later: branch on this' })
  retryable!: boolean;
  @ApiProperty()
  trace_id!: string;
  @ApiProperty({ required: false })
  reason?: string;
  @ApiProperty({ required: false, description: 'Seconds' })
  retry_after?: number;
  @ApiProperty({ required: false, type: [FieldProblem] })
  errors?: FieldProblem[];
}

/** Documents a success: `{ "data": … }`, and `nextCursor` for lists. */
export function Answers(
  type: Type,
  options: { status?: number; list?: boolean; description?: string } = {},
): MethodDecorator {
  const { status = 200, list = false, description = '' } = options;
  const item = { $ref: getSchemaPath(type) };
  return applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status,
      description,
      schema: {
        type: 'object',
        required: ['data'],
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

/** Documents the refusals of a route by their codes; 1002, 2004, 2005, 2012 and 3001 stand on every route that has access control. */
export function Refuses(...codes: ErrorCode[]): MethodDecorator {
  const byStatus = Map.groupBy([...new Set(codes)], (code) => ERROR_CODES[code].status);
  return applyDecorators(
    ApiExtraModels(ProblemResponse),
    ...[...byStatus].map(([status, same]) =>
      ApiResponse({
        status,
        description: same.map((code) => `${code} ${ERROR_CODES[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } },
      }),
    ),
  );
}

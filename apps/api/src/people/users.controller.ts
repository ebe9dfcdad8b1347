import { AppError } from '@app/platform';
import {
  ChangeUser,
  CreateUser,
  ReadUsers,
  SHORTEST_PASSWORD,
  type User,
  USER_ROLES,
  type UserRole,
} from '@app/tenants';
import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, CurrentCaller, TenantId } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { Answers, Refuses } from '../http/answers.js';
import { BooleanField, EnumField, TextField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';

class CreateUserRequest {
  @TextField({ max: 320, example: 'grace@example.com' })
  email!: string;

  @TextField({ min: SHORTEST_PASSWORD, max: 200, format: 'password', example: 'correct horse battery' })
  password!: string;

  @EnumField(USER_ROLES, { name: 'UserRole', example: 'agent' })
  role!: UserRole;
}

class ChangeUserRequest {
  @EnumField(USER_ROLES, { name: 'UserRole', optional: true, example: 'admin' })
  role?: UserRole;

  @TextField({
    optional: true,
    min: SHORTEST_PASSWORD,
    max: 200,
    format: 'password',
    description: 'Ends the sessions begun with the old one',
  })
  password?: string;

  @BooleanField({
    optional: true,
    description: 'false: can’t sign in any more, and is signed out at once; true: can again',
  })
  active?: boolean;
}

class UserResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  email!: string;
  @ApiProperty({ enum: [...USER_ROLES], enumName: 'UserRole', example: 'agent' })
  role!: string;
  @ApiProperty({ description: 'Whether they can sign in' })
  active!: boolean;
  @ApiProperty({ required: false, format: 'date-time' })
  deactivatedAt?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ required: false, format: 'date-time' })
  lastSignInAt?: string;
}

@ApiTags('Users')
@Access({ session: 'admin' })
@Controller('users')
export class UsersController {
  constructor(
    @Inject(ReadUsers) private readonly read: ReadUsers,
    @Inject(CreateUser) private readonly createUser: CreateUser,
    @Inject(ChangeUser) private readonly changeUser: ChangeUser,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The people of the tenant, newest first, deactivated ones too' })
  @Answers(UserResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() { cursor, limit = 50 }: PageQuery,
  ): Promise<{ data: UserResponse[]; nextCursor?: string }> {
    const users = await this.read.list(tenantId, { before: readCursor(cursor), limit: limit + 1 });
    return toPage(cutPage(users, limit), toUserResponse);
  }

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Lets a person in' })
  @Answers(UserResponse, { status: 201 })
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2012)
  async create(@TenantId() tenantId: string, @Body() body: CreateUserRequest): Promise<{ data: UserResponse }> {
    if (!/^[^\s@]+@[^\s@]+$/.test(body.email.trim())) {
      throw new AppError(1002, 'email is not an address', {
        errors: [{ field: 'email', message: 'is not an address' }],
      });
    }
    return { data: toUserResponse(await this.createUser.execute(tenantId, body)) };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Changes a person’s role or password, or lets them out and in again; what is not given stays',
  })
  @Answers(UserResponse, { example: { role: 'admin' } })
  @Refuses(1002, 1004, 1012, 1015, 2004, 2005, 2011, 2012)
  async change(
    @TenantId() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { role, password, active }: ChangeUserRequest,
  ): Promise<{ data: UserResponse }> {
    const keepSessionId = caller.kind === 'session' ? caller.sessionId : undefined;
    const changed = await this.changeUser.execute(tenantId, { id, role, password, active, keepSessionId });
    return { data: toUserResponse(changed) };
  }
}

function toUserResponse({ id, email, role, createdAt, deactivatedAt, lastSignInAt }: User): UserResponse {
  return {
    id,
    email,
    role,
    active: deactivatedAt === undefined,
    deactivatedAt: deactivatedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString(),
  };
}

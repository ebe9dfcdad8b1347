import { AppError } from '@app/platform';
import { type SessionIdentity, SignIn, SignOut, TenantRepository, USER_ROLES } from '@app/tenants';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentCaller, Open } from '../access/access.decorators.js';
import { API_ADDRESS, type ApiAddress } from '../access/api-address.js';
import { type Caller, tenantSuspended } from '../access/caller.js';
import { refuseCrossSite } from '../access/refuse-cross-site.js';
import { SessionCookie } from '../access/session-cookie.js';
import { Answers, Refuses } from '../http/answers.js';
import { TextField } from '../http/fields.js';

class SignInRequest {
  @TextField({ max: 320, example: 'admin@demo.example' })
  email!: string;

  @TextField({ max: 200, format: 'password', example: 'correct horse battery' })
  password!: string;
}

class TenantResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'Acme' })
  name!: string;
}

class SignedInResponse {
  @ApiProperty()
  userId!: string;
  @ApiProperty()
  email!: string;
  @ApiProperty({ enum: [...USER_ROLES], enumName: 'UserRole' })
  role!: string;
  @ApiProperty({ type: TenantResponse })
  tenant!: TenantResponse;
}

class SignedOutResponse {
  @ApiProperty({ enum: [true] })
  signedOut!: true;
}

@ApiTags('Sign-in')
@Controller('auth')
export class AuthController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(SignOut) private readonly signOut: SignOut,
    @Inject(TenantRepository) private readonly tenants: TenantRepository,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
    @Inject(API_ADDRESS) private readonly address: ApiAddress,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Open()
  @ApiOperation({ summary: 'Signs a person in: sets the session’s cookie' })
  @Answers(SignedInResponse)
  @Refuses(1001, 1002, 1004, 1007, 1015, 2004, 2005)
  async login(
    @Body() { email, password }: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: SignedInResponse }> {
    // Nobody is to be signed in to someone else's account by another site either.
    refuseCrossSite(request, this.address.publicUrl);
    const outcome = await this.signIn.execute({
      email,
      password,
      address: request.ip,
      previousSecret: this.cookie.read(request),
    });
    if (!outcome.signedIn) {
      if (outcome.reason === 'throttled') {
        throw new AppError(1007, 'Too many attempts to sign in: wait a little', {
          reason: outcome.reason,
          retryAfterSeconds: outcome.retryAfterSeconds,
        });
      }
      if (outcome.reason === 'tenant_suspended') throw tenantSuspended();
      throw new AppError(2004, 'Email or password is wrong', { reason: outcome.reason });
    }
    this.cookie.set(reply, { secret: outcome.secret, maxAgeSeconds: outcome.lifeSeconds });
    return { data: await this.respond(outcome.session) };
  }

  @Post('logout')
  @HttpCode(200)
  @Access({ session: 'agent' })
  @ApiOperation({ summary: 'Ends the session' })
  @Answers(SignedOutResponse)
  @Refuses(2004, 2005, 2012)
  async logout(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: SignedOutResponse }> {
    if (caller.kind === 'session') await this.signOut.execute(caller.tenantId, caller.sessionId);
    this.cookie.clear(reply);
    return { data: { signedOut: true } };
  }

  @Get('me')
  @Access({ session: 'agent' })
  @ApiOperation({ summary: 'Who is signed in' })
  @Answers(SignedInResponse)
  @Refuses(2004, 2005, 2012)
  async me(@CurrentCaller() caller: Caller): Promise<{ data: SignedInResponse }> {
    if (caller.kind !== 'session') throw new AppError(2005, 'API keys are never allowed here');
    return { data: await this.respond(caller) };
  }

  private async respond({
    tenantId,
    userId,
    email,
    role,
  }: Pick<SessionIdentity, 'tenantId' | 'userId' | 'email' | 'role'>): Promise<SignedInResponse> {
    return { userId, email, role, tenant: { id: tenantId, name: await this.tenants.getName(tenantId) } };
  }
}

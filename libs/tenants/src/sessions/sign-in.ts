import { createHash } from 'node:crypto';
import type { Database } from '@app/platform';
import type { Allowance, Allowances } from '../allowances/allowances.js';
import { networkOf } from '../allowances/network-of.js';
import type { AuditLog } from '../audit/audit-log.js';
import { verifyPassword } from '../people/passwords.js';
import { normaliseEmail, type UserRole } from '../people/user.js';
import type { AuthenticateSession, SessionIdentity } from './authenticate-session.js';
import { ABSOLUTE_SECONDS } from './session-life.js';
import { newSessionSecret } from './session-secret.js';
import type { SessionRepository } from './session.repository.js';

export interface SignInCommand {
  email: string;
  password: string;
  /** Where the attempt comes from. */
  address: string;
  /** What the browser's cookie held before; that session ends. */
  previousSecret?: string;
}

export type SignInOutcome =
  | { signedIn: true; secret: string; lifeSeconds: number; session: SessionIdentity }
  /** Which of the two is wrong is not said. */
  | { signedIn: false; reason: 'wrong_credentials' }
  /** Said to nobody but who knows the password. */
  | { signedIn: false; reason: 'tenant_suspended' }
  | { signedIn: false; reason: 'throttled'; retryAfterSeconds: number };

interface UserToSignIn {
  id: string;
  tenant_id: string;
  role: UserRole;
  password_hash: string;
  suspended: boolean;
}

const PER_ACCOUNT = { size: 10, periodSeconds: 600 };
/** An office shares an address. */
const PER_ADDRESS = { size: 60, periodSeconds: 600 };

/** Email and password become a session with a new id, whatever the browser held before. */
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly allowances: Allowances,
    private readonly sessions: SessionRepository,
    private readonly authenticate: AuthenticateSession,
    private readonly audit: AuditLog,
  ) {}

  async execute({ email, password, address, previousSecret }: SignInCommand): Promise<SignInOutcome> {
    const account = accountAllowance(email);
    // Spent before the password is looked at: a hundred guesses at once are a hundred guesses.
    const spending = await this.allowances.spend([
      { name: `sign-in:address:${networkOf(address)}`, ...PER_ADDRESS },
      account,
    ]);
    if (!spending.granted) {
      return { signedIn: false, reason: 'throttled', retryAfterSeconds: spending.retryAfterSeconds };
    }
    const user = await this.findUser(email);
    const isRight = await verifyPassword(user?.password_hash, password);
    if (user === undefined || !isRight) return { signedIn: false, reason: 'wrong_credentials' };
    if (user.suspended) return { signedIn: false, reason: 'tenant_suspended' };
    const { id: userId, tenant_id: tenantId, role, password_hash: passwordHash } = user;
    const secret = newSessionSecret();
    const session = await this.database.withTenant(tenantId, async (tx) => {
      const begun = await this.sessions.begin(tx, tenantId, { userId, passwordHash, secret });
      if (begun === undefined) return undefined;
      const actor = { kind: 'user', id: userId, name: normaliseEmail(email) } as const;
      await this.audit.recordIn(tx, tenantId, { action: 'session.signed_in' }, { actor, address });
      return begun;
    });
    if (session === undefined) return { signedIn: false, reason: 'wrong_credentials' };
    await this.allowances.refill(account.name);
    await this.endPrevious(previousSecret);
    return {
      signedIn: true,
      secret,
      lifeSeconds: ABSOLUTE_SECONDS,
      session: {
        sessionId: session.id,
        expiresAt: session.expiresAt,
        tenantId,
        userId,
        role,
        email: normaliseEmail(email),
        isSuspended: false,
      },
    };
  }

  private async findUser(email: string): Promise<UserToSignIn | undefined> {
    const [user] = await this.database.acrossTenants<UserToSignIn>(
      'SELECT id, tenant_id, role, password_hash, suspended FROM find_user_to_sign_in($1)',
      [normaliseEmail(email)],
    );
    return user;
  }

  private async endPrevious(secret: string | undefined): Promise<void> {
    const previous = secret === undefined ? undefined : await this.authenticate.execute(secret);
    if (previous === undefined) return;
    await this.database.withTenant(previous.tenantId, (tx) =>
      this.sessions.end(tx, previous.tenantId, previous.sessionId),
    );
  }
}

/** Hashed: what people mistype into an email field (a password, say) is not to be found in a table. */
function accountAllowance(email: string): Allowance {
  const hash = createHash('sha256').update(normaliseEmail(email)).digest('base64url');
  return { name: `sign-in:account:${hash}`, ...PER_ACCOUNT };
}

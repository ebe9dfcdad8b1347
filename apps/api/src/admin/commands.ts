import type { Database } from '@app/platform';
import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  type ConnectionRepository,
  type CreateApiKey,
  type CreateTenant,
  type CreateUser,
  EnsureTenant,
  newApiKey,
  type ReEncrypt,
  SHORTEST_PASSWORD,
  type SuspendTenant,
  type TenantRepository,
  USER_ROLES,
  type UserRole,
  VaultError,
} from '@app/tenants';

/** What commands work with. */
export interface Tools {
  database: Database;
  tenants: TenantRepository;
  connections: ConnectionRepository;
  createTenant: CreateTenant;
  createUser: CreateUser;
  createApiKey: CreateApiKey;
  suspendTenant: SuspendTenant;
  reEncrypt: ReEncrypt;
  /** Secrets come from here, so that they stand in no process list. */
  env: NodeJS.ProcessEnv;
}

/** What a command says, and whether it did all it was asked to. */
export interface Report {
  lines: string[];
  complete: boolean;
}

interface Command {
  usage: string;
  /** @throws UsageError */
  run: (options: Options, tools: Tools) => Promise<Report>;
}

export type Options = Readonly<Partial<Record<OptionName, string>>>;
export const OPTION_NAMES = ['tenant', 'name', 'admin-email', 'email', 'role', 'scopes'] as const;
type OptionName = (typeof OPTION_NAMES)[number];

/** The command was called wrongly; the message says how it is called. */
export class UsageError extends Error {}

export const COMMANDS: Readonly<Record<string, Command>> = {
  'ensure-tenant': {
    usage: '--name <tenant> --admin-email <email>       a tenant with an admin and a key, unless they are there',
    run: ensureTenant,
  },
  'create-tenant': { usage: '--name <tenant>', run: createTenant },
  'create-user': { usage: '--tenant <name> --email <email> --role admin|agent', run: createUser },
  'create-key': {
    usage: '--tenant <name> --name <key> [--scopes <scope,…>]   shown once; without scopes it gets all',
    run: createKey,
  },
  'suspend-tenant': {
    usage: '--tenant <name>                               shuts it out; keys, sessions and deliveries wait',
    run: (options, tools) => suspendTenant(options, tools, true),
  },
  'resume-tenant': {
    usage: '--tenant <name>                               lets it in again, as it was',
    run: (options, tools) => suspendTenant(options, tools, false),
  },
  'list-connections': { usage: '', run: listConnections },
  'rotate-keys': {
    usage: '       seals everything anew with the first of ENCRYPTION_KEYS; older keys can go after that',
    run: rotateKeys,
  },
};

async function ensureTenant(options: Options, { database, env }: Tools): Promise<Report> {
  const name = need(options, 'name');
  const adminEmail = need(options, 'admin-email');
  const adminPassword = env['ADMIN_PASSWORD'] ?? makePassword();
  const apiKey = env['ADMIN_API_KEY'] ?? newApiKey();
  const tenantId = await new EnsureTenant(database).execute({ tenant: name, adminEmail, adminPassword, apiKey });
  return done(
    `Tenant ${name} is there (${tenantId})`,
    ...(env['ADMIN_PASSWORD'] === undefined ? [`Password for ${adminEmail}, if new: ${adminPassword}`] : []),
    ...(env['ADMIN_API_KEY'] === undefined ? [`A new API key: ${apiKey}`] : []),
  );
}

async function createTenant(options: Options, tools: Tools): Promise<Report> {
  const name = need(options, 'name');
  return done(`Tenant ${name} was made (${await tools.createTenant.execute(name)})`);
}

async function createUser(options: Options, tools: Tools): Promise<Report> {
  const email = need(options, 'email');
  const role = need(options, 'role');
  if (!isOneOf<UserRole>(USER_ROLES, role)) throw new UsageError(`--role is one of ${USER_ROLES.join(', ')}`);
  const given = tools.env['ADMIN_PASSWORD'];
  if (given !== undefined && given.length < SHORTEST_PASSWORD) {
    throw new UsageError(`ADMIN_PASSWORD must have at least ${SHORTEST_PASSWORD} characters`);
  }
  const password = given ?? makePassword();
  const tenantId = await findTenant(options, tools);
  const user = await tools.createUser.execute(tenantId, { email, role, password });
  return done(
    `${user.email} may sign in as ${user.role} (${user.id})`,
    ...(given === undefined ? [`Password: ${password}`] : []),
  );
}

async function createKey(options: Options, tools: Tools): Promise<Report> {
  const name = need(options, 'name');
  const scopes = options.scopes?.split(',').map((scope) => scope.trim()) ?? [...API_KEY_SCOPES];
  const unknown = scopes.filter((scope) => !isOneOf<ApiKeyScope>(API_KEY_SCOPES, scope));
  if (unknown.length > 0)
    throw new UsageError(`Not a scope: ${unknown.join(', ')}. There are ${API_KEY_SCOPES.join(', ')}`);
  const tenantId = await findTenant(options, tools);
  const { id, key } = await tools.createApiKey.execute(tenantId, { name, scopes: scopes as ApiKeyScope[] });
  return done(`Key ${name} was made (${id}); it is shown this once:`, key);
}

async function suspendTenant(options: Options, tools: Tools, suspended: boolean): Promise<Report> {
  const changed = await tools.suspendTenant.execute(await findTenant(options, tools), { suspended });
  const state = suspended ? 'suspended' : 'let in';
  return done(`Tenant ${options.tenant ?? ''} ${changed ? `is ${state} now` : `was ${state} already`}`);
}

async function listConnections(_options: Options, tools: Tools): Promise<Report> {
  const lines: string[] = [];
  for (const { id, name, suspended } of await tools.tenants.list()) {
    const { status, kind, portalId, statusSince, problem } = await tools.connections.find(id);
    const portal = portalId === undefined ? 'no portal' : `portal ${portalId} by ${kind ?? 'nothing now'}`;
    const since = statusSince === undefined ? '' : ` since ${statusSince.toISOString()}`;
    lines.push(
      `${name} (${id}): ${status}${since}, ${portal}${problem === undefined ? '' : `, ${problem.reason}`}${suspended ? ', suspended' : ''}`,
    );
  }
  return done(...(lines.length === 0 ? ['There are no tenants'] : lines));
}

async function rotateKeys(_options: Options, tools: Tools): Promise<Report> {
  const failed: string[] = [];
  let changed = 0;
  for (const { id, name } of await tools.tenants.list()) {
    try {
      changed += await tools.reEncrypt.execute(id);
    } catch (error) {
      // The others can still be sealed anew, and an operator learns of all that can't in one go.
      if (!(error instanceof VaultError)) throw error;
      failed.push(`${name} (${id}): ${error.message}`);
    }
  }
  const lines = [`Sealed anew: ${changed}`, ...failed];
  if (failed.length > 0) lines.push('Keep the older keys in ENCRYPTION_KEYS until this ends without complaints');
  return { lines, complete: failed.length === 0 };
}

async function findTenant(options: Options, { tenants }: Tools): Promise<string> {
  const name = need(options, 'tenant');
  const found = (await tenants.list()).find((tenant) => tenant.name === name);
  if (found === undefined) throw new UsageError(`There is no tenant called ${name}`);
  return found.id;
}

function need(options: Options, name: OptionName): string {
  const value = options[name];
  if (value === undefined || value.trim() === '') throw new UsageError(`--${name} is missing`);
  return value;
}

function makePassword(): string {
  return newApiKey().slice(-20);
}

function done(...lines: string[]): Report {
  return { lines, complete: true };
}

function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}

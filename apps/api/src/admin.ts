import { parseArgs } from 'node:util';
import { AppError, Database, explainFailure, readConfig, systemClock } from '@app/platform';
import {
  ApiKeyRepository,
  AuditLog,
  ConnectionRepository,
  CreateApiKey,
  CreateTenant,
  CreateUser,
  ReEncrypt,
  SuspendTenant,
  TenantRepository,
  UserRepository,
  Vault,
} from '@app/tenants';
import { COMMANDS, OPTION_NAMES, type Options, type Report, UsageError } from './admin/commands.js';

/**
 * `npm run admin -- <command> …`: what an operator does at the server. Passwords and keys are read from ADMIN_PASSWORD and
 * ADMIN_API_KEY, so that they stand in no process list; left out, they are made up and printed.
 */
const USAGE = `Usage: npm run admin -- <command>\n${Object.entries(COMMANDS)
  .map(([name, { usage }]) => `  ${name} ${usage}`)
  .join('\n')}`;

async function run(): Promise<Report> {
  const { command, options } = readArguments();
  const config = readConfig();
  const database = await Database.connect({
    url: config.databaseUrl,
    applicationName: 'threadline-admin',
    poolSize: 2,
  });
  try {
    const vault = new Vault(config.encryptionKeys);
    const audit = new AuditLog(database, systemClock);
    const tools = {
      database,
      env: process.env,
      tenants: new TenantRepository(database),
      connections: new ConnectionRepository(database, vault, systemClock),
      createTenant: new CreateTenant(database),
      createUser: new CreateUser(database, new UserRepository(), audit),
      createApiKey: new CreateApiKey(database, new ApiKeyRepository(), audit),
      suspendTenant: new SuspendTenant(database, audit, systemClock),
      reEncrypt: new ReEncrypt(database, vault, audit),
    };
    const actor = { kind: 'operator', name: 'npm run admin' } as const;
    return await audit.actAs({ actor }, () => command.run(options, tools));
  } finally {
    await database.close();
  }
}

function readArguments(): { command: (typeof COMMANDS)[string]; options: Options } {
  try {
    const options = Object.fromEntries(OPTION_NAMES.map((name) => [name, { type: 'string' as const }]));
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const command = COMMANDS[positionals[0] ?? ''];
    if (command === undefined || positionals.length > 1) throw new UsageError('Which command?');
    return { command, options: values };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

try {
  const { lines, complete } = await run();
  console.log(lines.join('\n'));
  process.exitCode = complete ? 0 : 1;
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n${USAGE}`);
  else if (error instanceof AppError) console.error(error.detail);
  else console.error(explainFailure(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

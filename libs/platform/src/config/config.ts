import { isIP } from 'node:net';
import { EnvironmentReader } from './environment-reader.js';

export interface EncryptionKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

export interface BootstrapConfig {
  tenant: string;
  adminEmail: string;
  adminPassword: string;
  apiKey: string;
}

/** Everything the processes read from their environment (PRODUCT.md §10), parsed once. */
export interface Config {
  port: number;
  /** Every interface in production, where a proxy or a container stands before it; else this machine alone. */
  host: '0.0.0.0' | 'localhost';
  publicUrl: string;
  databaseUrl: string;
  /** With it BullMQ runs on Redis, without it on PostgreSQL. */
  redisUrl?: string;
  hubspot: {
    clientId?: string;
    clientSecret?: string;
    appId?: string;
    apiUrl: string;
    appUrl: string;
    apiVersion: string;
    /** Read the Webhooks Journal. */
    journal: boolean;
    /** How long an answer is waited for. */
    timeoutSeconds: number;
  };
  /** Newest first: the first one encrypts, all of them decrypt. */
  encryptionKeys: EncryptionKey[];
  sessionSecret: string;
  /** Whoever has a link may write as a conversation's customer: for trying the product, never in production. */
  demo: boolean;
  bootstrap?: BootstrapConfig;
  /** Requests a minute. */
  rateLimits: { perCaller: number; perAddress: number };
  /** Addresses or networks whose `X-Forwarded-For` says where a request comes from. */
  trustedProxies: string[];
  unknownOutcomeSettleSeconds: number;
  /** How long a person whom an MCP client asks may take, while its call waits. */
  mcpQuestionSeconds: number;
  /** What a process that is told to end has for it. */
  stopWithinSeconds: number;
  retentionDays: number;
  /** Undefined: summaries are made of the conversation's own sentences. */
  summaryModel?: { url: string; model: string; key?: string };
  logLevel: string;
  metricsAddress: {
    host: string;
    /** Undefined: the API serves `/metrics` on its own port. */
    apiPort?: number;
    /** Undefined: the worker serves none. */
    workerPort?: number;
  };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads and checks the environment.
 * @throws ConfigurationError naming every variable that is wrong, never a value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = new EnvironmentReader(env);
  const port = read.integer('PORT', { fallback: 3000, min: 0, max: 65_535 });
  const host = read.optional('NODE_ENV') === 'production' ? '0.0.0.0' : 'localhost';
  const config: Config = {
    port,
    host,
    publicUrl: read.url('PUBLIC_URL', { fallback: `http://localhost:${port}`, protocols: ['http:', 'https:'] }),
    databaseUrl: read.url('DATABASE_URL', { protocols: ['postgres:', 'postgresql:'] }),
    redisUrl: read.optionalUrl('REDIS_URL', { protocols: ['redis:', 'rediss:'] }),
    hubspot: {
      clientId: read.optional('HUBSPOT_CLIENT_ID'),
      clientSecret: read.optional('HUBSPOT_CLIENT_SECRET'),
      appId: read.optional('HUBSPOT_APP_ID'),
      apiUrl: read.url('HUBSPOT_API_URL', { fallback: 'https://api.hubapi.com', protocols: ['http:', 'https:'] }),
      appUrl: read.url('HUBSPOT_APP_URL', { fallback: 'https://app.hubspot.com', protocols: ['http:', 'https:'] }),
      apiVersion: read.matching('HUBSPOT_API_VERSION', {
        fallback: '2026-09',
        pattern: /^\d{4}-\d{2}$/,
        like: '2026-09',
      }),
      journal: readJournal(read),
      timeoutSeconds: read.integer('HUBSPOT_TIMEOUT_SECONDS', { fallback: 20, min: 1, max: 300 }),
    },
    encryptionKeys: readKeyRing(read),
    sessionSecret: read.matching('SESSION_SECRET', { pattern: /^.{32,}$/, like: 'at least 32 characters' }),
    demo: readDemo(read),
    bootstrap: readBootstrap(read),
    rateLimits: {
      perCaller: read.integer('RATE_LIMIT_PER_CALLER', { fallback: 12_000, min: 1, max: 1_000_000 }),
      perAddress: read.integer('RATE_LIMIT_PER_ADDRESS', { fallback: 24_000, min: 1, max: 1_000_000 }),
    },
    trustedProxies: readTrustedProxies(read),
    unknownOutcomeSettleSeconds: read.integer('UNKNOWN_OUTCOME_SETTLE_SECONDS', { fallback: 60, min: 0, max: 3600 }),
    mcpQuestionSeconds: read.integer('MCP_QUESTION_SECONDS', { fallback: 50, min: 1, max: 600 }),
    // Docker leaves a process 10 s, `npm start` 5 s: four are something to spare.
    stopWithinSeconds: read.integer('STOP_WITHIN_SECONDS', { fallback: 4, min: 3, max: 300 }),
    retentionDays: read.integer('RETENTION_DAYS', { fallback: 400, min: 1, max: 36_500 }),
    summaryModel: readSummaryModel(read),
    logLevel: read.oneOf('LOG_LEVEL', { fallback: 'info', values: LOG_LEVELS }),
    metricsAddress: {
      host: read.optional('METRICS_HOST') ?? host,
      apiPort: read.optionalInteger('METRICS_PORT', { min: 0, max: 65_535 }),
      workerPort: read.optionalInteger('WORKER_METRICS_PORT', { min: 0, max: 65_535 }),
    },
  };
  read.complain();
  return config;
}

function readJournal(read: EnvironmentReader): boolean {
  const isOn = read.oneOf('HUBSPOT_JOURNAL', { fallback: 'off', values: ['on', 'off'] }) === 'on';
  const hasApp = [read.optional('HUBSPOT_CLIENT_ID'), read.optional('HUBSPOT_CLIENT_SECRET')].every(Boolean);
  if (isOn && !hasApp) read.reject('HUBSPOT_JOURNAL', 'needs HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET');
  return isOn;
}

function readDemo(read: EnvironmentReader): boolean {
  const isOn = read.oneOf('DEMO', { fallback: 'off', values: ['on', 'off'] }) === 'on';
  if (isOn && read.optional('NODE_ENV') === 'production') read.reject('DEMO', 'can’t be on in production');
  return isOn;
}

function readKeyRing(read: EnvironmentReader): EncryptionKey[] {
  const keys: EncryptionKey[] = [];
  for (const entry of read.list('ENCRYPTION_KEYS')) {
    const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):(.+)$/.exec(entry) ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || key.length !== 32) {
      read.reject('ENCRYPTION_KEYS', 'must be a comma-separated list of <id>:<32 bytes in base64>, newest first');
      return [];
    }
    keys.push({ id, key });
  }
  if (new Set(keys.map((key) => key.id)).size < keys.length) read.reject('ENCRYPTION_KEYS', 'has an id twice');
  return keys;
}

function readSummaryModel(read: EnvironmentReader): Config['summaryModel'] {
  const url = read.optionalUrl('SUMMARY_MODEL_URL', { protocols: ['http:', 'https:'] });
  const model = read.optional('SUMMARY_MODEL');
  const key = read.optional('SUMMARY_MODEL_KEY');
  if (url === undefined) {
    if (model !== undefined || key !== undefined) {
      read.reject('SUMMARY_MODEL_URL', 'is required beside SUMMARY_MODEL and SUMMARY_MODEL_KEY');
    }
    return undefined;
  }
  if (model !== undefined) return { url, model, key };
  read.reject('SUMMARY_MODEL', 'is required beside SUMMARY_MODEL_URL');
  return undefined;
}

function readTrustedProxies(read: EnvironmentReader): string[] {
  if (read.optional('TRUSTED_PROXIES') === undefined) return [];
  const proxies = read.list('TRUSTED_PROXIES');
  return proxies.every(isAddressOrNetwork)
    ? proxies
    : read.reject('TRUSTED_PROXIES', 'must be a comma-separated list of addresses or networks such as 10.0.0.0/8', []);
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}

function readBootstrap(read: EnvironmentReader): BootstrapConfig | undefined {
  const tenant = read.optional('BOOTSTRAP_TENANT');
  if (tenant === undefined) {
    const given = ['BOOTSTRAP_ADMIN_EMAIL', 'BOOTSTRAP_ADMIN_PASSWORD', 'BOOTSTRAP_API_KEY'].filter(
      (name) => read.optional(name) !== undefined,
    );
    if (given.length > 0) read.reject('BOOTSTRAP_TENANT', `is required beside ${given.join(', ')}`);
    return undefined;
  }
  return {
    tenant,
    adminEmail: read.matching('BOOTSTRAP_ADMIN_EMAIL', { pattern: /^\S+@\S+$/, like: 'an email address' }),
    adminPassword: read.matching('BOOTSTRAP_ADMIN_PASSWORD', { pattern: /^.{8,}$/, like: 'at least 8 characters' }),
    apiKey: read.matching('BOOTSTRAP_API_KEY', {
      pattern: /^tl_live_[\w-]{43}$/,
      like: 'tl_live_ and 32 bytes in base64url',
    }),
  };
}

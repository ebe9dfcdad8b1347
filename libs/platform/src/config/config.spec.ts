import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { ConfigurationError } from './environment-reader.js';

const key = Buffer.alloc(32, 7).toString('base64');
const minimal = {
  DATABASE_URL: 'postgres://user:pass@localhost:5432/threadline',
  ENCRYPTION_KEYS: `k1:${key}`,
  SESSION_SECRET: 's'.repeat(32),
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('readConfig', () => {
  it('fills in the documented defaults', () => {
    const config = readConfig(minimal);
    expect(config).toMatchObject({
      port: 3000,
      host: 'localhost',
      publicUrl: 'http://localhost:3000',
      hubspot: {
        apiUrl: 'https://api.hubapi.com',
        appUrl: 'https://app.hubspot.com',
        apiVersion: '2026-09',
        journal: false,
        timeoutSeconds: 20,
      },
      unknownOutcomeSettleSeconds: 60,
      mcpQuestionSeconds: 50,
      stopWithinSeconds: 4,
      rateLimits: { perCaller: 12_000, perAddress: 24_000 },
      trustedProxies: [],
      retentionDays: 400,
      logLevel: 'info',
    });
    expect(config.redisUrl).toBeUndefined();
    expect(config.bootstrap).toBeUndefined();
  });

  it('complains about everything at once', () => {
    const problems = problemsOf({ PORT: 'http', REDIS_URL: 'localhost', LOG_LEVEL: 'loud', BOOTSTRAP_TENANT: 'Acme' });
    const named = problems.map((problem) => problem.split(' ')[0]);
    expect(named).toEqual([
      'PORT',
      'DATABASE_URL',
      'REDIS_URL',
      'ENCRYPTION_KEYS',
      'SESSION_SECRET',
      'BOOTSTRAP_ADMIN_EMAIL',
      'BOOTSTRAP_ADMIN_PASSWORD',
      'BOOTSTRAP_API_KEY',
      'LOG_LEVEL',
    ]);
  });

  it('takes addresses and networks of proxies, and nothing that would trust everyone by mistake', () => {
    expect(readConfig({ ...minimal, TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
    ]);
    for (const wrong of ['true', 'proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '*']) {
      expect(problemsOf({ ...minimal, TRUSTED_PROXIES: wrong })).toHaveLength(1);
    }
  });

  it('has a demo mode that production refuses', () => {
    expect(readConfig(minimal).demo).toBe(false);
    expect(readConfig({ ...minimal, DEMO: 'on' }).demo).toBe(true);
    expect(problemsOf({ ...minimal, DEMO: 'on', NODE_ENV: 'production' })).toEqual(['DEMO can’t be on in production']);
  });

  it('reads the journal only for an app', () => {
    const app = { ...minimal, HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: 'secret' };
    expect(readConfig({ ...app, HUBSPOT_JOURNAL: 'on' }).hubspot.journal).toBe(true);
    expect(problemsOf({ ...minimal, HUBSPOT_JOURNAL: 'on' })).toEqual([
      'HUBSPOT_JOURNAL needs HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET',
    ]);
    expect(problemsOf({ ...app, HUBSPOT_JOURNAL: 'yes' })).toEqual(['HUBSPOT_JOURNAL must be one of on, off']);
  });

  it('never prints a value', () => {
    const problems = problemsOf({
      ...minimal,
      ENCRYPTION_KEYS: 'hunter2',
      SESSION_SECRET: 'swordfish',
      DATABASE_URL: 'mysql://u:p4ss@h/d',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toMatch(/hunter2|swordfish|p4ss/);
  });

  it('listens on every interface in production only', () => {
    expect(readConfig({ ...minimal, NODE_ENV: 'production' }).host).toBe('0.0.0.0');
  });

  it('takes the bootstrap set as a whole', () => {
    expect(problemsOf({ ...minimal, BOOTSTRAP_API_KEY: 'tl_live_x' })).toEqual([
      'BOOTSTRAP_TENANT is required beside BOOTSTRAP_API_KEY',
    ]);
  });

  it('reads a key ring, newest first, and refuses an id twice', () => {
    const old = Buffer.alloc(32, 1).toString('base64');
    const ring = readConfig({ ...minimal, ENCRYPTION_KEYS: `k2:${key}, k1:${old}` }).encryptionKeys;
    expect(ring.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(problemsOf({ ...minimal, ENCRYPTION_KEYS: `k1:${key},k1:${old}` })).toEqual([
      'ENCRYPTION_KEYS has an id twice',
    ]);
  });
});

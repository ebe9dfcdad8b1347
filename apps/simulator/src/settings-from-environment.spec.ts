import { describe, expect, it } from '@jest/globals';
import { settingsFromEnvironment } from './settings-from-environment.js';

describe('settingsFromEnvironment', () => {
  it('has a default for everything', () => {
    expect(settingsFromEnvironment({})).toEqual({
      valid: true,
      settings: { port: 4010, host: '127.0.0.1', dataDir: undefined, firstPortal: undefined, app: undefined },
    });
  });

  it('reads the first portal and the app', () => {
    const read = settingsFromEnvironment({
      SIMULATOR_PORT: '0',
      SIMULATOR_HUB_ID: '48000001',
      SIMULATOR_SEED_CONTACTS: '1000',
      SIMULATOR_STATIC_TOKEN: 'pat-na1-x',
      SIMULATOR_CLIENT_ID: 'c',
      SIMULATOR_CLIENT_SECRET: 's',
      SIMULATOR_REDIRECT_URL: 'http://localhost:3000/a, http://localhost:3000/b',
      SIMULATOR_REQUIRED_SCOPES: 'oauth tickets',
    });
    expect(read).toMatchObject({
      valid: true,
      settings: {
        port: 0,
        firstPortal: { hubId: 48_000_001, seed: { contacts: 1000, seed: 1 }, token: { token: 'pat-na1-x' } },
        app: {
          clientId: 'c',
          redirectUrls: ['http://localhost:3000/a', 'http://localhost:3000/b'],
          requiredScopes: ['oauth', 'tickets'],
          optionalScopes: [],
        },
      },
    });
  });

  it('complains about everything at once and never shows a value', () => {
    const read = settingsFromEnvironment({
      SIMULATOR_PORT: 'http',
      SIMULATOR_SEED_CONTACTS: 'many',
      SIMULATOR_CLIENT_SECRET: 'hush',
    });
    expect(read.valid ? [] : read.problems).toHaveLength(3);
    expect(JSON.stringify(read)).not.toMatch(/hush|many/);
  });
});

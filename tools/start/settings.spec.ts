import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.ts';

const read = (env: NodeJS.ProcessEnv, args: string[] = []) => readSettings('/checkout', args, env);

describe('readSettings', () => {
  it('starts everything with nothing set', () => {
    expect(read({})).toEqual({
      root: '/checkout',
      dataDir: '/checkout/.data',
      watch: false,
      production: false,
      port: 3000,
      publicUrl: 'http://localhost:3000',
      simulatorPort: undefined,
      databaseUrl: undefined,
      simulated: true,
      demo: true,
    });
  });

  it('starts no simulator beside a real HubSpot app, or another HubSpot', () => {
    expect(read({ HUBSPOT_CLIENT_ID: 'id' }).simulated).toBe(false);
    expect(read({ HUBSPOT_API_URL: 'http://127.0.0.1:9' }).simulated).toBe(false);
    expect(read({ HUBSPOT_CLIENT_ID: ' ' }).simulated).toBe(true);
  });

  it('makes nothing up in production, and no demo beside a tenant that was asked for', () => {
    expect(read({ NODE_ENV: 'production' })).toMatchObject({ production: true, simulated: false, demo: false });
    expect(read({ BOOTSTRAP_TENANT: 'Acme' })).toMatchObject({ simulated: true, demo: false });
  });

  it('derives the outside address from the port unless it is given', () => {
    expect(read({ PORT: '3100' }).publicUrl).toBe('http://localhost:3100');
    expect(read({ PORT: '3100', PUBLIC_URL: 'https://threadline.example' }).publicUrl).toBe(
      'https://threadline.example',
    );
  });

  it('names what it can not use', () => {
    expect(() => read({ PORT: 'http' })).toThrow('PORT must be a port from 1 to 65535.');
    expect(() => read({ SIMULATOR_PORT: '70000' })).toThrow('SIMULATOR_PORT must be');
    expect(() => read({}, ['--wacth'])).toThrow('--wacth is not an option');
  });
});

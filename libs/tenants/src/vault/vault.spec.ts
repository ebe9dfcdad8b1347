import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Vault, VaultError } from './vault.js';

const oldKey = { id: 'k1', key: Buffer.alloc(32, 1) };
const newKey = { id: 'k2', key: Buffer.alloc(32, 2) };
const place = { tenantId: 'acme', field: 'credentials' };

describe('Vault', () => {
  it('opens what it sealed, whatever it is', () => {
    const vault = new Vault([newKey]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (secret) => {
        expect(vault.open(vault.seal(secret, place), place)).toBe(secret.toWellFormed());
      }),
    );
  });

  it('never seals the same value into the same bytes', () => {
    const vault = new Vault([newKey]);
    expect(vault.seal('pat', place).data).not.toBe(vault.seal('pat', place).data);
  });

  it('refuses a value moved to another tenant or field', () => {
    const vault = new Vault([newKey]);
    const sealed = vault.seal('pat', place);
    expect(() => vault.open(sealed, { ...place, tenantId: 'globex' })).toThrow(VaultError);
    expect(() => vault.open(sealed, { ...place, field: 'refreshToken' })).toThrow(VaultError);
  });

  it.each(['iv', 'tag', 'data'] as const)('notices a changed %s', (member) => {
    const vault = new Vault([newKey]);
    const sealed = vault.seal('pat-na1-secret', place);
    const bytes = Buffer.from(sealed[member], 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(() => vault.open({ ...sealed, [member]: bytes.toString('base64') }, place)).toThrow(VaultError);
  });

  it('opens old values with a rotated ring, and says that they are not current', () => {
    const sealed = new Vault([oldKey]).seal('pat', place);
    const rotated = new Vault([newKey, oldKey]);
    expect(rotated.open(sealed, place)).toBe('pat');
    expect(rotated.isCurrent(sealed)).toBe(false);
    expect(() => new Vault([newKey]).open(sealed, place)).toThrow(/k1 is not in ENCRYPTION_KEYS/);
  });
});

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataFolder, readJson, writeJson } from './data-folder.ts';
import { PlainFailure } from '../errors/plain-failure.ts';

/** Made at the first start, one set per machine, and never printed but for the demo's sign-ins and key. */
export interface Secrets {
  databaseSuperuserPassword: string;
  databasePassword: string;
  /** `<id>:<32 bytes in base64>`, as ENCRYPTION_KEYS. */
  encryptionKeys: string;
  sessionSecret: string;
  demo: {
    adminPassword: string;
    agentPassword: string;
    otherAdminPassword: string;
    /** `tl_live_` and 32 random bytes. */
    apiKey: string;
    /** Of the second tenant, which is not connected. */
    otherApiKey: string;
    /** The simulator's portal, once it is made. */
    portal?: { hubId: number; token: string };
  };
}

/** @throws PlainFailure when the file is damaged, or gone while the database that needs it is still there. */
export async function readOrMakeSecrets(folder: DataFolder): Promise<Secrets> {
  const found = await readJson<Secrets>(folder.secrets).catch((error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PlainFailure(`${folder.secrets} is damaged: bring it back, or delete ${folder.root} to begin anew.`);
  });
  if (found) {
    // A folder from before the demo had an agent.
    const { agentPassword }: { agentPassword?: string } = found.demo;
    if (agentPassword !== undefined) return found;
    const completed = { ...found, demo: { ...found.demo, agentPassword: secret(9) } };
    await writeJson(folder.secrets, completed);
    return completed;
  }
  if (existsSync(join(folder.postgres, 'data'))) {
    throw new PlainFailure(
      `${folder.secrets} is gone, and the database in ${folder.postgres} can't be opened without it: ` +
        `bring it back, or delete ${folder.root} to begin anew.`,
    );
  }
  const made: Secrets = {
    databaseSuperuserPassword: secret(24),
    databasePassword: secret(24),
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    sessionSecret: secret(48),
    demo: {
      adminPassword: secret(9),
      agentPassword: secret(9),
      otherAdminPassword: secret(9),
      apiKey: `tl_live_${secret(32)}`,
      otherApiKey: `tl_live_${secret(32)}`,
    },
  };
  await writeJson(folder.secrets, made);
  return made;
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

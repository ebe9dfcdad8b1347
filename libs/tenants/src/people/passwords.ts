import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane; some 20 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether the password is right. Without a hash (nobody has that email) it takes as long and says no, so that the time of
 * an answer doesn't tell who is known here.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody can sign in with this');
  const isRight = await verify(passwordHash ?? (await nobodys), password);
  return passwordHash !== undefined && isRight;
}

import { CrmDeferredError } from '@app/crm';
import { notNow, slow } from './refuse-run.js';

/**
 * A question to the CRM, of someone on the line. When it is too late they are told to try again, whatever it still waits
 * for: a renewed token for one heeds no signal.
 * @param gone whoever asked is not there any more.
 * @throws AppError 2010, 3002, 3004
 */
export async function askInTime<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  tooLate: AbortSignal,
  gone?: AbortSignal,
): Promise<T> {
  const given = gone === undefined ? tooLate : AbortSignal.any([tooLate, gone]);
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(slow());
  if (given.aborted) giveUp();
  else given.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([ask(given), givenUp]);
  } catch (error) {
    if (!(error instanceof CrmDeferredError)) throw error;
    throw tooLate.aborted ? slow() : notNow(error.deferral);
  } finally {
    given.removeEventListener('abort', giveUp);
  }
}

import { ConfigurationError } from '../config/environment-reader.js';

/**
 * Why a process could not start, for the operator who reads it: one sentence and what to do where that is known, the whole
 * error with its stack where it is a fault of ours.
 */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, hint } = (error as { driverError?: DriverError }).driverError ?? (error as DriverError);
  if (hint !== undefined) return `${error.message}\n${hint}`;
  if (code === 'EADDRINUSE') return error.message;
  if (code !== undefined && /^(ECONN\w+|ENOTFOUND|ETIMEDOUT|28\w{3}|3D000)$/.test(code)) {
    return `The database of DATABASE_URL can't be used: ${error.message || code}`;
  }
  return error.stack ?? error.message;
}

/** What node-postgres and Node's sockets put on their errors. */
interface DriverError {
  code?: string;
  hint?: string;
}

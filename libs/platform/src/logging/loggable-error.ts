/** What of an error may stand in a log. */
export interface LoggableError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: LoggableError;
  errors?: LoggableError[];
}

/** Causes of causes, and no further. */
const DEPTH = 4;

/**
 * An error as a log may hold it. Errors carry what they were about: PostgreSQL's the statement, its parameters, the row, and
 * values even in their message; HTTP clients' the request with its headers. So only what is named here is taken over, and of
 * a database's error no more than where and why, without the words.
 */
export function loggableError(error: unknown, depth = DEPTH): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const { name, code, cause } = error as Error & { code?: unknown };
  const safe: LoggableError = { type: error.constructor.name || name, message: messageOf(error) };
  if (typeof code === 'string') safe.code = code;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  if (frames !== undefined && frames.length > 0) safe.stack = `${safe.type}: ${safe.message}\n${frames.join('\n')}`;
  if (cause instanceof Error && depth > 0) safe.cause = loggableError(cause, depth - 1);
  if (error instanceof AggregateError && depth > 0) {
    safe.errors = error.errors.map((one: unknown) => loggableError(one, depth - 1));
  }
  return safe;
}

/** The fields of PostgreSQL's error that name things of ours, never what is in them. */
interface DatabaseError {
  severity: string;
  code?: string;
  table?: string;
  column?: string;
  constraint?: string;
}

function messageOf(error: Error): string {
  const database = databaseErrorOf(error);
  if (database === undefined) return error.message;
  const { code, table, column, constraint } = database;
  const places = Object.entries({ table, column, constraint }).flatMap(([what, name]) =>
    name === undefined ? [] : [`${what} ${name}`],
  );
  return [`PostgreSQL ${code ?? 'error'}`, ...places].join(', ');
}

/** TypeORM wraps the driver's errors and repeats their fields. */
function databaseErrorOf(error: Error): DatabaseError | undefined {
  const candidates = [error, (error as { driverError?: unknown }).driverError];
  const found = candidates.find((one) => typeof (one as Partial<DatabaseError> | undefined)?.severity === 'string');
  if (found !== undefined) return found as DatabaseError;
  // A failed query whose cause is the connection, not the server: its own words name no values.
  return undefined;
}

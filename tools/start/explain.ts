import { errorCode } from '../errors/error-code.ts';
import { PlainFailure } from '../errors/plain-failure.ts';

/** Turns what the file system refuses into words about the data folder. Other errors pass through. */
export function explain(error: unknown, dataDir: string): unknown {
  const other = 'THREADLINE_DATA_DIR names another folder for the data.';
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new PlainFailure(`The disk that ${dataDir} lies on is full. ${other}`);
    case 'EROFS':
      return new PlainFailure(`${dataDir} lies on a read-only disk. ${other}`);
    case 'EACCES':
    case 'EPERM':
      return new PlainFailure(
        `${pathOf(error) ?? dataDir} may not be written by this user. Was Threadline started as another one (root?) ` +
          `before? Give ${dataDir} back with chown, or start as that user again. ${other}`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new PlainFailure(`${pathOf(error) ?? dataDir} is in the way: a folder is needed there. ${other}`);
    default:
      return error;
  }
}

function pathOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : undefined;
}

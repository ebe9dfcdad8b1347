import { AppError } from '@app/platform';
import type { BindingProblem } from '../grammar/binding-problem.js';

/** 1001 when nothing is wrong but what is missing, else 1002; one entry for each problem, with its place. */
export function refuseBinding(problems: readonly BindingProblem[], onlyMissing = false): AppError {
  const errors = problems.map(({ path, reason, message }) => ({ field: path, message, reason }));
  const [first] = errors;
  const detail = first === undefined ? 'The binding is not valid' : `${first.field} ${first.message}`.trim();
  return new AppError(onlyMissing ? 1001 : 1002, detail, { reason: 'binding_invalid', errors });
}

export function toolNameTaken(): AppError {
  return new AppError(1012, 'The AI agent has a tool of this name', { reason: 'name_taken' });
}

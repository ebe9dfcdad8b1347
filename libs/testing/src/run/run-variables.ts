/** What the set-up of the medium and e2e projects hands to the test files of a run. */
export type RunVariable =
  | 'THREADLINE_TEST_DATABASE_URL'
  | 'THREADLINE_TEST_ROLE_PASSWORD'
  | 'THREADLINE_TEST_TEMPLATE'
  | 'THREADLINE_TEST_TEMPLATE_PROBLEM'
  | 'THREADLINE_TEST_REDIS_URL'
  | 'THREADLINE_TEST_FOLDER';

/** @throws outside of those projects: a unit test does no I/O and has no servers. */
export function readRunVariable(name: RunVariable): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: this needs the servers of a *.medium.spec.ts or *.e2e-spec.ts.`);
  }
  return value;
}

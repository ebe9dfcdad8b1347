import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

/** Where libs/testing looks to decide whether a file's database is dropped or kept. */
const FAILED = Symbol.for('threadline.testFailed');

/** Node's environment, that remembers for afterAll hooks whether anything in the file failed: Jest itself doesn't tell them. */
export default class FailureAwareEnvironment extends NodeEnvironment {
  handleTestEvent(event: { name: string; test?: { errors: readonly unknown[] } }): void {
    const failed =
      event.name === 'test_fn_failure' ||
      event.name === 'hook_failure' ||
      event.name === 'error' ||
      (event.name === 'test_done' && (event.test?.errors.length ?? 0) > 0);
    if (failed) Reflect.set(this.global, FAILED, true);
  }
}

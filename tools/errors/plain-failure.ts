/** Something the person at the terminal can act on: shown as it stands, without a stack. */
export class PlainFailure extends Error {
  override name = 'PlainFailure';
}

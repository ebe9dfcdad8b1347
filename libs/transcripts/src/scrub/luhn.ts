/**
 * The check sum of ISO/IEC 7812-1 annex B, digit by digit: from the last digit on, every second one counts double, less
 * nine when that has two digits. Which ones those are is known only at the end, so both sums are kept.
 */
export class LuhnSum {
  length = 0;
  private evenDoubled = 0;
  private oddDoubled = 0;

  add(digit: number): void {
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    const isEven = this.length % 2 === 0;
    this.evenDoubled += isEven ? doubled : digit;
    this.oddDoubled += isEven ? digit : doubled;
    this.length++;
  }

  get isValid(): boolean {
    return (this.length % 2 === 0 ? this.evenDoubled : this.oddDoubled) % 10 === 0;
  }
}

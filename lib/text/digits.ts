/** Codes as users type or paste them: with spaces and hyphens, and with the digits of their script. */

/** The digit's value: Unicode has the digits of a script in a row, from 0 to 9. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** `１２３ ４５６`, `١٢٣٤٥٦` and `123-456` → `123456`. Other characters stay. */
export function readDigits(text: string): string {
  const plain = text.normalize("NFKC").replace(/[\p{White_Space}\p{Pd}\p{Cf}]/gu, "");
  return plain.replace(/\p{Nd}/gu, asciiDigit);
}

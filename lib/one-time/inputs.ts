/** The input of a 6-digit code, as users type or paste it. */
import { text } from "../input";
import { readDigits } from "../text/digits";

/** `123 456`, `123-456` and `١٢٣٤٥٦` → `123456`. Not validated further: another text is a wrong code. */
export const SixDigits = text(40).transform(readDigits);

/** The error of a wrong answer, alike for a code that is wrong, expired or already used. */
import { fail } from "../errors";

/** @throws 401 `invalid_code` */
export function failCode(): never {
  fail(401, "invalid_code", "The code is wrong, expired or already used.");
}

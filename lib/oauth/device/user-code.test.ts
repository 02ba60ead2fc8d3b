/** User codes of the device grant (RFC 8628 §6.1). */
// cspell:disable
import { describe, expect, it } from "vitest";
import { formatUserCode, newUserCode, readUserCode } from "./user-code";

describe("a user code", () => {
  it("has eight of 20 consonants and is shown as XXXX-XXXX", () => {
    for (let time = 0; time < 200; time++)
      expect(formatUserCode(newUserCode())).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  });

  it.each(["WDJB-MJHT", "wdjbmjht", "  wdjb mjht ", "W D J B — M J H T", "wdJB‑mjHT\n"])(
    "is read from %j without regard to case, dashes and spaces",
    (typed) => expect(readUserCode(typed)).toBe("WDJBMJHT"),
  );

  it.each(["", "WDJB-MJH", "WDJB-MJHTT", "WDJA-MJHT", "WDJ8-MJHT", "WDJB-MJHT'", "ＷDJBMJHT", "ßdjb-mjht"])(
    "is not read from %j",
    (typed) => expect(readUserCode(typed)).toBeNull(),
  );
});

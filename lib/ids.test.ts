import { describe, expect, it } from "vitest";
import { freezeClock } from "./clock";
import { appIdFromShort, isAppId, newAppId, newId, shortAppId, TENANT_ZERO } from "./ids";

const MOMENTS = [
  "1970-01-01T00:00:00Z",
  "2026-11-23T10:00:00.000Z",
  "2026-11-23T10:00:00.001Z",
  "2199-12-31T23:59:59Z",
];

describe("newId", () => {
  it("is a prefix and 26 characters of Crockford's base 32", () =>
    expect(newId("usr")).toMatch(/^usr_[0-9a-hjkmnp-tv-z]{26}$/));

  it("sorts by creation time", () => {
    const ids = MOMENTS.map((moment) => {
      freezeClock(new Date(moment));
      return newId("evt");
    });
    expect([...ids].sort()).toEqual(ids);
  });

  it("is unique within one millisecond", () => {
    freezeClock(new Date());
    expect(new Set(Array.from({ length: 20_000 }, () => newId("usr"))).size).toBe(20_000);
  });
});

describe("newAppId", () => {
  it("is short, because every credential contains it, and sorts by second", () => {
    const ids = MOMENTS.filter((_, index) => index !== 2).map((moment) => {
      freezeClock(new Date(moment));
      return newAppId();
    });
    for (const id of ids) expect(id).toMatch(/^app_[0-9a-hjkmnp-tv-z]{14}$/);
    expect([...ids].sort()).toEqual(ids);
  });

  it("can be restored from its short form", () => {
    const id = newAppId();
    expect(isAppId(id)).toBe(true);
    expect(appIdFromShort(shortAppId(id))).toBe(id);
  });
});

describe("isAppId", () => {
  it.each([TENANT_ZERO, "app_01abc", `app_${"z".repeat(24)}`])("accepts %s", (text) =>
    expect(isAppId(text)).toBe(true),
  );
  it.each([
    "",
    "app_",
    "app_1234",
    `app_${"z".repeat(25)}`,
    "APP_foyer",
    "app_Foyer",
    "app_foyer\n",
    " app_foyer",
    "app_foyer/x",
    "app_foyer%00",
    "app_foyer\0",
    "usr_foyer",
    "app_föyer",
    "app_foyer'--",
    "../app_foyer",
  ])("rejects %j", (text) => expect(isAppId(text)).toBe(false));
});

it.each(["", "abc", "app_foyer", "foyer.x", "FOYER"])("appIdFromShort returns null for %j", (short) =>
  expect(appIdFromShort(short)).toBeNull(),
);

/** Which terms find which names: normalization, short terms, scripts without spaces. */
// cspell:disable
import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { transaction } from "../database/client";
import { parseInput } from "../input";
import { listUsers, UserQuery } from "./search";
import { fillSearch } from "./search-backfill";

let app: TestApp;
let otherApp: TestApp;
const NAMES = [
  ["liming@mail.example", "李明"],
  ["xiaoming@mail.example", "王小明"],
  ["minsu@mail.example", "김민수"],
  ["thanh.ng@mail.example", "Thanh Nguyễn"],
  ["p.ng@mail.example", "Peter Ng"],
  ["jo@mail.example", "Jo"],
  ["oy@mail.example", "Øy Hansen"],
  ["zoe@mail.example", "Zoe\u0308 Smith"],
  ["wide@mail.example", "ＦＵＬＬ ﬁne"],
  ["turkish@mail.example", "İz Işık"],
  ["strasse@mail.example", "Straße ΟΔΟΣ"],
  ["bytes@mail.example", "Room 303"],
  ["percent@mail.example", "100% o_o a\\b"],
] as const;

beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  for (const [email, name] of NAMES)
    for (const into of [app, otherApp])
      expect((await manage(into, "POST", "/users", { body: { email, name } })).status).toBe(201);
  await manage(app, "POST", "/users", {
    body: { email: "parts@mail.example", given_name: "Ada", family_name: "Lovelace" },
  });
});

/** The local parts of the email addresses that a search finds. */
async function find(q: string): Promise<string[]> {
  const { data } = await listUsers(app.id, parseInput(UserQuery, { q }));
  return data.map(({ email }) => email?.split("@")[0] ?? "").sort();
}

describe("a search", () => {
  it.each([
    ["李明", ["liming"]],
    ["李", ["liming"]],
    ["小明", ["xiaoming"]],
    ["明", ["liming", "xiaoming"]],
    ["王小明", ["xiaoming"]],
    ["민수", ["minsu"]],
    ["Ng", ["p.ng", "thanh.ng"]],
    ["ng", ["p.ng", "thanh.ng"]],
    ["Jo", ["jo"]],
    ["Øy", ["oy"]],
    ["øY ", ["oy"]],
    ["h", ["oy"]],
    ["Zoë", ["zoe"]],
    ["ZOE\u0308", ["zoe"]],
    ["full", ["wide"]],
    ["ｆｉｎｅ", ["wide"]],
    ["ﬁn", ["wide"]],
    ["İz", ["turkish"]],
    ["iz", ["turkish"]],
    ["IŞIK", ["turkish"]],
    ["ışık", ["turkish"]],
    ["STRASSE", ["strasse"]],
    ["straße", ["strasse"]],
    ["οδος", ["strasse"]],
    ["οδοσ", ["strasse"]],
    ["303", ["bytes"]],
    ["100%", ["percent"]],
    ["o_o", ["percent"]],
    ["a\\b", ["percent"]],
    ["0%0", []],
    ["lovel", ["parts"]],
    ["Ad", ["parts"]],
    ["smith", ["zoe"]],
    ["mith", ["zoe"]],
    ["it", []],
    ["ex", []],
    ["@", []],
    ["%", []],
    ["__", []],
  ])("for %j finds %j", async (q, expected) => expect(await find(q)).toEqual([...expected]));

  it("finds a changed name, and not the old one", async () => {
    const { body } = await manage(app, "POST", "/users", {
      body: { email: "renamed@mail.example", name: "Qu Qwerty" },
    });
    expect([await find("qu"), await find("qwert")]).toEqual([["renamed"], ["renamed"]]);
    await manage(app, "PATCH", `/users/${body.id}`, { body: { name: "Xu Asdfgh" } });
    expect([await find("qu"), await find("qwert"), await find("xu"), await find("asdf")]).toEqual([
      [],
      [],
      ["renamed"],
      ["renamed"],
    ]);
  });
});

it("finds users that a migration left to the background task, once it has run", async () => {
  await transaction(async (tx) => {
    await tx.$executeRaw`UPDATE "User" SET "searchText" = NULL, "searchStarts" = NULL WHERE "appId" = ${app.id}`;
  });
  expect([await find("Øy"), await find("hansen")]).toEqual([[], []]);
  expect(await fillSearch()).toBeGreaterThanOrEqual(NAMES.length);
  expect([await find("Øy"), await find("hansen")]).toEqual([["oy"], ["oy"]]);
  expect(await fillSearch()).toBe(0);
});

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { LifetimesForm, ReturnUrlsForm } from "./inputs";

function problems(schema: z.ZodType, value: unknown) {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join("."), issue.message]));
}

const lifetimes = {
  direct_token_ttl_seconds: "15",
  direct_token_ttl_seconds_unit: "minutes",
  session_idle_ttl_seconds: "30",
  session_idle_ttl_seconds_unit: "days",
  session_ttl_seconds: "12",
  session_ttl_seconds_unit: "hours",
};

describe("the lifetimes form", () => {
  it("converts durations to seconds", () => {
    expect(LifetimesForm.parse(lifetimes)).toEqual({
      direct_token_ttl_seconds: 900,
      session_idle_ttl_seconds: 30 * 86_400,
      session_ttl_seconds: 43_200,
    });
  });

  it.each([
    [{ direct_token_ttl_seconds: "2", direct_token_ttl_seconds_unit: "days" }, "must be between 1 minute and 1 day"],
    [{ direct_token_ttl_seconds: "-1" }, "must be a whole number"],
    [{ direct_token_ttl_seconds: "1.5" }, "must be a whole number"],
    [{ direct_token_ttl_seconds: undefined }, "is missing"],
  ])("rejects %j", (change, problem) => {
    expect(problems(LifetimesForm, { ...lifetimes, ...change })).toEqual({ direct_token_ttl_seconds: problem });
  });
});

describe("the return URLs form", () => {
  it("reads one URL per line, in order", () => {
    expect(ReturnUrlsForm.parse({ return_urls: "https://b.example/\r\n\r\nmyapp://back" }).return_urls).toEqual([
      "https://b.example/",
      "myapp://back",
    ]);
    expect(ReturnUrlsForm.parse({}).return_urls).toEqual([]);
  });

  it.each(["javascript:alert(1)", "/relative", "https://a@b.example/", "https://b.example/#x"])("rejects %s", (url) => {
    expect(problems(ReturnUrlsForm, { return_urls: url })).toHaveProperty("return_urls");
  });
});

import { expect, it } from "vitest";
import { z } from "zod";
import { allParts } from "./settings-action";

const password = z.object({ password: z.string() }).transform(({ password }) => ({ methods: { password } }));
const link = z.object({ link: z.string() }).transform(({ link }) => ({ methods: { link }, urls: [link] }));

it("merges what the sections of a page set", () => {
  expect(allParts([password, link]).parse({ password: "on", link: "off", other: "ignored" })).toEqual({
    methods: { password: "on", link: "off" },
    urls: ["off"],
  });
});

it("reports the problems of every section", () => {
  const { error } = allParts([password, link]).safeParse({});
  expect(error?.issues.map(({ path }) => path)).toEqual([["password"], ["link"]]);
});

import { expect, it } from "vitest";
import { changedNames } from "./changes";

it("names what differs, also inside objects and lists", () => {
  const before = { name: "Blog", methods: { password: true, magic_link: false }, urls: ["a", "b"], footer: null };
  expect(
    changedNames({ name: "Blog", methods: { password: true, magic_link: false }, urls: ["a", "b"] }, before),
  ).toEqual([]);
  expect(changedNames({ name: undefined, footer: null }, before)).toEqual([]);
  expect(
    changedNames({ methods: { password: true, magic_link: true }, urls: ["b", "a"], footer: "x" }, before),
  ).toEqual(["methods", "urls", "footer"]);
});

import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import type { Flags } from "./command";
import { loadCommands } from "./commands/list";
import { inFlags } from "./field-errors";

const COMMANDS = await loadCommands();

function flagsOf(values: Record<string, string[]> = {}): Flags {
  return {
    text: (name) => values[name]?.[0] ?? "",
    optional: (name) => values[name]?.[0],
    list: (name) => values[name] ?? [],
    on: () => false,
  };
}

function shown(name: string, fields: Record<string, string>, values?: Record<string, string[]>): string {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) throw new Error(`There is no command ${name}.`);
  return inFlags(new AppError(400, "invalid_request", "email: is missing", { fields }), command, flagsOf(values));
}

describe("an error about a field names", () => {
  it.each<[string, string, Record<string, string>, string, Record<string, string[]>?]>([
    ["the flag of the same name", "users create", { email: "is missing" }, "--email is missing."],
    ["the flag that sets it", "clients create", { client_name: "must not be empty" }, "--name must not be empty."],
    ["a switch", "users create", { email_verified: "must be true or false" }, "--verified must be true or false."],
    [
      "the value of a flag that is repeated",
      "clients create",
      { "redirect_uris.1": "must be absolute." },
      "--redirect-uri b must be absolute.",
      { "redirect-uri": ["a", "b"] },
    ],
    [
      "one of several values in a flag",
      "clients create",
      { "scopes.2": "must be a scope name" },
      "--scope C! must be a scope name.",
      { scope: ["a b", "C!"] },
    ],
    ["a setting", "apps update", { delivery: "must be query" }, "--setting delivery must be query."],
    [
      "the flag of its own that a setting has",
      "apps update",
      { "return_urls.0": "must be a URL" },
      "--return-url x must be a URL.",
      { "return-url": ["x"] },
    ],
    ["a nested setting", "apps update", { "settings.methods.x": "is unknown" }, "--setting methods.x is unknown."],
    ["several flags", "users create", { email: "is missing", name: "is long" }, "--email is missing.\n--name is long."],
    ["the field, if no flag sets it", "users create", { locale: "is unknown" }, "locale is unknown."],
  ])("%s", (_, command, fields, text, values) => expect(shown(command, fields, values)).toBe(text));
});

it("every `field` of a flag belongs to one flag of its command", () => {
  for (const { name, flags } of COMMANDS) {
    const fields = Object.values(flags).flatMap(({ field }) => field ?? []);
    expect(new Set(fields).size, name).toBe(fields.length);
  }
});

it("an error without fields keeps its text", () => {
  const command = COMMANDS[0];
  if (!command) throw new Error("There are no commands.");
  expect(inFlags(new AppError(404, "not_found", "App was not found."), command, flagsOf())).toBe("App was not found.");
});

import { describe, expect, it } from "vitest";
import { type Command, UsageError } from "./command";
import { loadCommands } from "./commands/list";
import { parseCommand } from "./parse";
import { helpText } from "./usage";

const COMMANDS = await loadCommands();

const run = async () => null;
const create: Command = {
  name: "apps create",
  help: "Create an app",
  flags: {
    owner: { value: "E", required: true, help: "an address" },
    name: { value: "N", help: "a name", field: "app_name" },
    "return-url": { value: "U", multiple: true, help: "where to" },
    public: { help: "without a secret" },
  },
  run,
};
const doctor: Command = { name: "doctor", help: "Check the installation", flags: {}, run };
const read: Command = {
  name: "files read",
  help: "Read a file",
  argument: { name: "file", value: "FILE", help: "a file" },
  flags: { aloud: { help: "read the file aloud" } },
  run,
};
const parse = (...argv: string[]) => parseCommand([create, doctor], argv);
const parseRead = (...argv: string[]) => parseCommand([read], ["files", "read", ...argv]);

function errorOf(...argv: string[]): string {
  try {
    parse(...argv);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error("was accepted");
}

describe("the parser accepts", () => {
  it("two words and flags, in any order and both spellings", () => {
    const { command, flags, json } = parse(
      "apps",
      "create",
      "--json",
      "--return-url=a",
      "--name",
      "My App",
      "--owner",
      "e@x.com",
      "--return-url",
      "b",
    );
    expect(command).toBe(create);
    expect(json).toBe(true);
    expect(flags.text("owner")).toBe("e@x.com");
    expect(flags.optional("name")).toBe("My App");
    expect(flags.list("return-url")).toEqual(["a", "b"]);
    // A flag that may not be repeated is a list of one, as an error about its value reads it.
    expect(flags.list("owner")).toHaveLength(1);
    expect(flags.on("public")).toBe(false);
  });

  it("one word", () => {
    expect(parse("doctor")).toMatchObject({ command: doctor, json: false });
    expect(parse("doctor", "--json")).toMatchObject({ command: doctor, json: true });
  });

  it("flags that are absent", () => {
    const { flags } = parse("apps", "create", "--owner", "e", "--public");
    expect(flags.optional("name")).toBeUndefined();
    expect(flags.list("return-url")).toEqual([]);
    expect(flags.on("public")).toBe(true);
  });

  it("a value that begins with a dash, after an equals sign and without", () => {
    expect(parse("apps", "create", "--owner=-e").flags.text("owner")).toBe("-e");
    const { flags, json } = parse("apps", "create", "--public", "--owner", "-67v4K", "--return-url", "-u", "--json");
    expect([flags.text("owner"), flags.list("return-url"), flags.on("public"), json]).toEqual([
      "-67v4K",
      ["-u"],
      true,
      true,
    ]);
  });
});

describe("a positional argument", () => {
  it.each([[["a.csv", "--aloud"]], [["--aloud", "a.csv"]], [["--aloud", "--json", "--", "a.csv"]]])(
    "is read from %j",
    (argv) => {
      const { flags } = parseRead(...argv);
      expect(flags.text("file")).toBe("a.csv");
      expect(flags.on("aloud")).toBe(true);
    },
  );

  it("may be a dash alone", () => expect(parseRead("-").flags.text("file")).toBe("-"));

  it.each([
    [[], "FILE is missing: a file."],
    [["a.csv", "b.csv"], 'Only one FILE is allowed. Remove "b.csv".'],
  ])("is rejected in %j", (argv, sentence) => {
    expect(() => parseRead(...argv)).toThrow(sentence);
    expect(() => parseRead(...argv)).toThrow("Usage: foyer files read FILE [--aloud] [--json]");
  });
});

describe("the help shows", () => {
  const explained = (...argv: string[]) => parse(...argv).command.run(parse("doctor").flags);

  it.each([
    ["all commands", ["--help"], [create, doctor]],
    ["all commands, as -h", ["-h"], [create, doctor]],
    ["one command, also beside other flags", ["apps", "create", "--owner", "--help"], [create]],
    ["the commands of a noun", ["apps", "--help"], [create]],
    ["all commands instead of an unknown one", ["paint", "--help"], [create, doctor]],
    ["all commands, for help", ["help"], [create, doctor]],
    ["all commands, for an empty command line", [], [create, doctor]],
    ["all commands, for an empty command line with --json", ["--json"], [create, doctor]],
    ["one command, after help", ["help", "apps", "create"], [create]],
  ])("%s", async (_, argv, commands) => {
    expect(await explained(...argv)).toBe(helpText(commands));
    expect(parse(...argv).command.database).toBe(false);
  });
});

describe("the parser rejects, with the usage,", () => {
  it.each([
    ["an unknown command", ["apps", "paint"], 'Unknown command "apps paint". Did you mean apps create?'],
    ["an unknown word", ["paint"], 'Unknown command "paint"'],
    ["an incomplete command, with those of its noun", ["apps"], '"apps" needs a second word.'],
    ["a misspelled command", ["app", "crate"], 'Unknown command "app crate". Did you mean apps create?'],
    ["a misspelled word", ["doctors"], 'Unknown command "doctors". Did you mean doctor?'],
    ["the words in the wrong order", ["create", "apps"], 'Unknown command "create apps". Did you mean apps create?'],
    ["another tool's verb", ["apps", "new"], 'Unknown command "apps new". Did you mean apps create?'],
    ["another case", ["Apps", "Create"], 'Unknown command "Apps Create". Did you mean apps create?'],
    ["a name of Object's prototype", ["constructor"], 'Unknown command "constructor"'],
    ["a missing flag", ["apps", "create"], "--owner is missing: an address."],
    ["an unknown flag", ["apps", "create", "--owner", "e", "--color", "red"], "Unknown flag --color.\n"],
    ["a misspelled flag", ["apps", "create", "--owners=e"], "Unknown flag --owners. Did you mean --owner?"],
    ["an underscore", ["apps", "create", "--return_url", "u"], "Unknown flag --return_url. Did you mean --return-url?"],
    ["one dash", ["apps", "create", "-owner", "e"], "Unknown flag -owner. Did you mean --owner?"],
    ["a field of the API", ["apps", "create", "--app_name", "e"], "Unknown flag --app_name. Did you mean --name?"],
    ["a name of Object's prototype as a flag", ["apps", "create", "--constructor"], "Unknown flag --constructor"],
    ["a flag of another command", ["doctor", "--owner", "e"], "--owner"],
    ["a flag without its value", ["apps", "create", "--owner"], "--owner needs a value: an address."],
    ["a flag in place of a value", ["apps", "create", "--owner", "--json"], "--owner needs a value: an address."],
    ["a dashed word that belongs to no flag", ["apps", "create", "--owner", "e", "-x"], "-x"],
    ["a dashed word after a switch", ["apps", "create", "--owner", "e", "--public", "-x"], "-x"],
    ["a switch with a value", ["apps", "create", "--owner", "e", "--public=yes"], "--public takes no value."],
    ["an extra word", ["apps", "create", "more", "--owner", "e"], 'Unexpected "more". Put a value'],
  ])("%s", (_, argv, sentence) => {
    const message = errorOf(...argv);
    expect(message).toContain(sentence);
    expect(message).toMatch(/Usage: /);
  });

  it("a missing flag, naming required and optional flags", () =>
    expect(errorOf("apps", "create")).toContain(
      "foyer apps create --owner E [--name N] [--return-url U…] [--public] [--json]",
    ));
});

describe("every command", () => {
  it("has a unique name, a help text, and flags with help texts", () => {
    expect(new Set(COMMANDS.map((command) => command.name)).size).toBe(COMMANDS.length);
    for (const { name, help, flags } of COMMANDS) {
      expect(name).toMatch(/^[a-z-]+( [a-z-]+)?$/);
      expect(help.length).toBeGreaterThan(5);
      for (const [flag, { help: text }] of Object.entries(flags)) {
        expect(flag).toMatch(/^[a-z-]+$/);
        expect(flag).not.toBe("json");
        expect(text.length).toBeGreaterThan(2);
      }
    }
  });

  it("is listed in the help", async () => {
    const { command, flags } = parseCommand(COMMANDS, []);
    const text = String(await command.run(flags));
    for (const { name } of COMMANDS) expect(text).toContain(`foyer ${name} `);
    expect(command.database).toBe(false);
  });

  it.each(["developers create", "apps create", "doctor", "migrate", "version"])("exists: %s", (name) =>
    expect(COMMANDS.some((command) => command.name === name)).toBe(true),
  );
});

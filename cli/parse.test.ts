import { describe, expect, it } from "vitest";
import { COMMANDS } from "./commands/list";
import { type Command, helpText, parseCommand, UsageError } from "./parse";

const run = async () => null;
const create: Command = {
  name: "apps create",
  help: "makes an App",
  flags: {
    owner: { value: "E", required: true, help: "an address" },
    name: { value: "N", help: "a name" },
    "return-url": { value: "U", multiple: true, help: "where to" },
    public: { help: "without a secret" },
  },
  run,
};
const doctor: Command = { name: "doctor", help: "looks around", flags: {}, run };
const read: Command = {
  name: "papers read",
  help: "reads a paper",
  argument: { name: "paper", value: "FILE", help: "a file" },
  flags: { aloud: { help: "for all to hear" } },
  run,
};
const parse = (...argv: string[]) => parseCommand([create, doctor], argv);
const parseRead = (...argv: string[]) => parseCommand([read], ["papers", "read", ...argv]);

function refusal(...argv: string[]): string {
  try {
    parse(...argv);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error("was accepted");
}

describe("takes", () => {
  it("two words and their flags, in any order and both spellings", () => {
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

describe("a word after the command", () => {
  it.each([[["a.csv", "--aloud"]], [["--aloud", "a.csv"]], [["--aloud", "--json", "--", "a.csv"]]])(
    "is taken from %j",
    (argv) => {
      const { flags } = parseRead(...argv);
      expect(flags.text("paper")).toBe("a.csv");
      expect(flags.on("aloud")).toBe(true);
    },
  );

  it("may be a dash alone", () => expect(parseRead("-").flags.text("paper")).toBe("-"));

  it.each([
    [[], "FILE is missing: a file."],
    [["a.csv", "b.csv"], 'There is one FILE, so "b.csv" is one too many.'],
  ])("is refused for %j", (argv, sentence) => {
    expect(() => parseRead(...argv)).toThrow(sentence);
    expect(() => parseRead(...argv)).toThrow("Usage: foyer papers read FILE [--aloud] [--json]");
  });
});

describe("explains", () => {
  const explained = (...argv: string[]) => parse(...argv).command.run(parse("doctor").flags);

  it.each([
    ["everything", ["--help"], [create, doctor]],
    ["everything, in short", ["-h"], [create, doctor]],
    ["one command, whatever else is said", ["apps", "create", "--owner", "--help"], [create]],
    ["the commands of a noun", ["apps", "--help"], [create]],
    ["everything instead of what is not there", ["paint", "--help"], [create, doctor]],
  ])("%s", async (_, argv, commands) => {
    expect(await explained(...argv)).toBe(helpText(commands));
    expect(parse(...argv).command.database).toBe(false);
  });
});

describe("refuses, and says how it is done", () => {
  it.each([
    ["an unknown command", ["apps", "paint"], 'There is no command "apps paint". There is apps create.'],
    ["an unknown word", ["paint"], 'There is no command "paint"'],
    ["half a command", ["apps"], 'There is no command "apps"'],
    ["another case", ["Apps", "Create"], 'There is no command "Apps Create"'],
    ["a name of Object's prototype", ["constructor"], 'There is no command "constructor"'],
    ["a missing flag", ["apps", "create"], "--owner is missing: an address."],
    ["an unknown flag", ["apps", "create", "--owner", "e", "--colour", "red"], "--colour"],
    ["a flag of another command", ["doctor", "--owner", "e"], "--owner"],
    ["a flag without its value", ["apps", "create", "--owner"], "--owner"],
    ["a flag in place of a value", ["apps", "create", "--owner", "--json"], "--owner"],
    ["a dashed word that belongs to no flag", ["apps", "create", "--owner", "e", "-x"], "-x"],
    ["a dashed word after a switch", ["apps", "create", "--owner", "e", "--public", "-x"], "-x"],
    ["a switch with a value", ["apps", "create", "--owner", "e", "--public=yes"], "--public"],
    ["a word too many", ["apps", "create", "more", "--owner", "e"], "more"],
  ])("%s", (_, argv, sentence) => {
    const message = refusal(...argv);
    expect(message).toContain(sentence);
    expect(message).toMatch(/Usage: /);
  });

  it("nothing at all with the list of commands", () => {
    expect(refusal()).toBe(helpText([create, doctor]));
    expect(refusal("--json")).toBe(helpText([create, doctor]));
  });

  it("naming the flags that must be given, and those that may", () =>
    expect(refusal("apps", "create")).toContain(
      "foyer apps create --owner E [--name N] [--return-url U…] [--public] [--json]",
    ));
});

describe("every command", () => {
  it("has a name of its own, a help, and flags that say what they are", () => {
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

  it("stands in the help", async () => {
    const help = COMMANDS.find(({ name }) => name === "help");
    const text = String(await help?.run(parseCommand(COMMANDS, ["help"]).flags));
    for (const { name } of COMMANDS) expect(text).toContain(`foyer ${name} `);
    expect(help?.database).toBe(false);
  });

  it.each(["developers create", "apps create", "doctor", "migrate"])("%s is there", (name) =>
    expect(COMMANDS.some((command) => command.name === name)).toBe(true),
  );
});

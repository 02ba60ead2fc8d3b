import { parseInput } from "@/lib/input";
import { SignInBody } from "@/lib/signin/inputs";
import { createDeveloper, setDeveloperPassword } from "@/lib/users/developers";
import type { Command } from "../command";

export const developersCreate: Command = {
  name: "developers create",
  help: "Create a developer, who can own apps and use the dashboard",
  flags: {
    email: { value: "EMAIL", required: true, help: "the developer's email address" },
    password: { value: "PASSWORD", required: true, help: "at least 8 characters" },
  },
  run: async (flags) => {
    const input = parseInput(SignInBody, { email: flags.text("email"), password: flags.text("password") });
    return createDeveloper({ ...input, by: { type: "operator" } });
  },
};

export const developersSetPassword: Command = {
  name: "developers set-password",
  help: "Set a developer's password and revoke their sessions",
  flags: developersCreate.flags,
  run: async (flags) => {
    const input = parseInput(SignInBody, { email: flags.text("email"), password: flags.text("password") });
    return setDeveloperPassword({ ...input, by: { type: "operator" } });
  },
};

export const commands: Command[] = [developersCreate, developersSetPassword];

import { parseInput } from "@/lib/input";
import { SignInBody } from "@/lib/signin/inputs";
import { createDeveloper, setDeveloperPassword } from "@/lib/users/developers";
import type { Command } from "../parse";

export const developersCreate: Command = {
  name: "developers create",
  help: "makes a developer, who owns Apps and uses the dashboard",
  flags: {
    email: { value: "E", required: true, help: "the developer's e-mail address" },
    password: { value: "P", required: true, help: "at least 8 characters" },
  },
  run: async (flags) => {
    const input = parseInput(SignInBody, { email: flags.text("email"), password: flags.text("password") });
    return createDeveloper({ ...input, by: { type: "operator" } });
  },
};

export const developersSetPassword: Command = {
  name: "developers set-password",
  help: "gives a developer a new password and ends their sessions",
  flags: developersCreate.flags,
  run: async (flags) => {
    const input = parseInput(SignInBody, { email: flags.text("email"), password: flags.text("password") });
    return setDeveloperPassword({ ...input, by: { type: "operator" } });
  },
};

import { parseInput } from "@/lib/input";
import { SignInBody } from "@/lib/signin/inputs";
import { createDeveloper } from "@/lib/users/developers";
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

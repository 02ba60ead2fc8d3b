import { z } from "zod";
import { APP_NAME_LENGTH, createApp } from "@/lib/apps/apps";
import { parseInput, text } from "@/lib/input";
import { getDeveloper } from "@/lib/users/developers";
import { Email } from "@/lib/users/inputs";
import type { Command } from "../parse";

const NewApp = z.object({ owner: Email, name: text(APP_NAME_LENGTH) });

export const appsCreate: Command = {
  name: "apps create",
  help: "makes an App with its issuer, signing keys and a first API key (shown once)",
  flags: {
    owner: { value: "E", required: true, help: "the e-mail address of a developer" },
    name: { value: "N", required: true, help: "what its users see" },
  },
  run: async (flags) => {
    const input = parseInput(NewApp, { owner: flags.text("owner"), name: flags.text("name") });
    const owner = await getDeveloper(input.owner);
    return createApp({ ownerId: owner.id, name: input.name, by: { type: "operator" } });
  },
};

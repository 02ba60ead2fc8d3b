import { version } from "@/package.json";
import type { Command } from "../command";

const versionCommand: Command = {
  name: "version",
  help: "Show the version of Foyer",
  flags: {},
  database: false,
  run: async () => ({ version }),
  display: () => `foyer ${version}`,
};

export const commands: Command[] = [versionCommand];

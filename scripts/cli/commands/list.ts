/** Every command. */
import type { Command } from "../parse";
import { helpText } from "../parse";
import { appsCreate } from "./apps";
import { developersCreate } from "./developers";
import { doctor } from "./doctor";
import { migrateCommand } from "./migrate";

const help: Command = {
  name: "help",
  help: "says what there is",
  flags: {},
  database: false,
  run: async () => helpText(COMMANDS),
};

export const COMMANDS: Command[] = [developersCreate, appsCreate, doctor, migrateCommand, help];

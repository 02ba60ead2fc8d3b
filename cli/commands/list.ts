/** The list of CLI commands. */
import type { Command } from "../parse";
import { helpText } from "../parse";
import { appsCreate, appsList, appsUpdate } from "./apps";
import { clientsCreate, clientsDelete, clientsList, clientsRotateSecret, clientsShow, clientsUpdate } from "./clients";
import { developersCreate, developersSetPassword } from "./developers";
import { doctor } from "./doctor";
import { keysCreate, keysList, keysRevoke } from "./keys";
import { mailLast } from "./mail";
import { membersAdd, membersList, membersRemove, membersRole } from "./members";
import { migrateCommand } from "./migrate";
import { scopesCreate, scopesDelete, scopesList } from "./scopes";
import { signingKeysList, signingKeysReseal, signingKeysRetire, signingKeysRotate } from "./signing-keys";
import { socialDelete, socialList, socialSet } from "./social";
import { usersExport, usersImport } from "./user-files";
import { usersCreate, usersDelete, usersList, usersShow } from "./users";

const help: Command = {
  name: "help",
  help: "List all commands",
  flags: {},
  database: false,
  run: async () => helpText(COMMANDS),
};

export const COMMANDS: Command[] = [
  developersCreate,
  developersSetPassword,
  appsCreate,
  appsList,
  appsUpdate,
  membersList,
  membersAdd,
  membersRole,
  membersRemove,
  keysCreate,
  keysList,
  keysRevoke,
  clientsCreate,
  clientsList,
  clientsShow,
  clientsUpdate,
  clientsRotateSecret,
  clientsDelete,
  scopesCreate,
  scopesList,
  scopesDelete,
  signingKeysList,
  signingKeysRotate,
  signingKeysRetire,
  signingKeysReseal,
  usersCreate,
  usersList,
  usersShow,
  usersDelete,
  usersImport,
  usersExport,
  socialSet,
  socialList,
  socialDelete,
  mailLast,
  doctor,
  migrateCommand,
  help,
];

/** The CLI's commands by noun. A noun's modules are loaded when one of its commands is typed. */
import type { Command } from "../command";

type Load = () => Promise<{ commands: Command[] }>;

const NOUNS: Record<string, Load[]> = {
  developers: [() => import("./developers")],
  apps: [() => import("./apps")],
  members: [() => import("./members")],
  keys: [() => import("./keys")],
  clients: [() => import("./clients")],
  "registration-tokens": [() => import("./registration-tokens")],
  scopes: [() => import("./scopes")],
  resources: [() => import("./resources")],
  claims: [() => import("./claims")],
  "signing-keys": [() => import("./signing-keys")],
  users: [() => import("./users"), () => import("./user-files")],
  factors: [() => import("./factors")],
  social: [() => import("./social")],
  mail: [() => import("./mail")],
  doctor: [() => import("./doctor")],
  migrate: [() => import("./migrate")],
  version: [() => import("./version")],
};

async function load(nouns: Load[][]): Promise<Command[]> {
  const modules = await Promise.all(nouns.flat().map((module) => module()));
  return modules.flatMap(({ commands }) => commands);
}

/** The commands of a noun. For any other word, all commands: the help and suggestions list them. */
export function loadCommands(noun?: string): Promise<Command[]> {
  const known = noun !== undefined && Object.hasOwn(NOUNS, noun) ? NOUNS[noun] : undefined;
  return load(known ? [known] : Object.values(NOUNS));
}

/** An App made with the CLI, and its backend's calls over HTTP. */
import { randomBytes } from "node:crypto";
import { cliFile, runNode, type Server, type Variables } from "./server";

export const PASSWORD = "correct horse battery";

export interface Tenant {
  app_id: string;
  api_key: string;
  issuer: string;
}

/** Runs a command of the CLI with --json. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the answer
export async function foyer(environment: Variables, ...args: string[]): Promise<any> {
  const program = runNode([cliFile(), ...args, "--json"], environment);
  let stdout = "";
  program.child.stdout?.on("data", (part) => {
    stdout += part;
  });
  const code = await program.ended;
  if (code !== 0) throw new Error(`foyer ${args.join(" ")} ended with ${code}:\n${program.output()}`);
  return JSON.parse(stdout);
}

export function newEmail(): string {
  return `bob-${randomBytes(8).toString("hex")}@example.com`;
}

/** A developer and an App, made by the operator's commands. */
export async function createTenant(environment: Variables): Promise<Tenant> {
  const email = newEmail();
  await foyer(environment, "developers", "create", "--email", email, "--password", PASSWORD);
  return foyer(environment, "apps", "create", "--owner", email, "--name", "Photo Blog");
}

function credentials(verb: "signup" | "login") {
  return ({ url }: Pick<Server, "url">, tenant: Tenant, email: string): Promise<Response> =>
    fetch(`${url}/api/auth/credentials/${verb}/${tenant.app_id}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${tenant.api_key}`, "Content-Type": "application/json" },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
}

export const signUp = credentials("signup");
export const logIn = credentials("login");

/** The CLI of the build under test, as an operator runs it. */
import type { Json, TestApp } from "./app";
import { newEmail, PASSWORD } from "./people";
import { cliFile, runNode, type Variables } from "./server";

/** Runs a command with --json. → what it printed */
export async function foyer(environment: Variables, ...args: string[]): Promise<Json> {
  const { code, output, stdout } = await runCli(environment, ...args, "--json");
  if (code !== 0) throw new Error(`foyer ${args.join(" ")} exited with ${code}:\n${output}`);
  return JSON.parse(stdout);
}

export async function runCli(environment: Variables, ...args: string[]) {
  const program = runNode([cliFile(), ...args], environment);
  let stdout = "";
  program.child.stdout?.on("data", (part) => {
    stdout += part;
  });
  const code = await program.ended;
  return { code, stdout, errors: program.errors(), output: program.output() };
}

/** Creates an app of a new developer. For tests with servers of their own; others use the fixture `app`. */
export async function createAppByCli(environment: Variables): Promise<TestApp> {
  const email = newEmail("alice");
  await foyer(environment, "developers", "create", "--email", email, "--password", PASSWORD);
  const created = await foyer(environment, "apps", "create", "--owner", email, "--name", "Photo Blog");
  return { id: created.app_id, apiKey: created.api_key, issuer: created.issuer };
}

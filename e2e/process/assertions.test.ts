/** Client assertions with two worker processes (RFC 7523 §3). */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAppByCli, foyer } from "../support/cli";
import { expect, test } from "../support/process";
import { childrenOf } from "../support/processes";
import { type Server, startServer } from "../support/server";

const folder = mkdtempSync(join(tmpdir(), "foyer-keys-"));
const environment = { ...process.env, CLIENT_KEY: join(folder, "key.pem") };

/** Signs with the example of the documentation. */
function sign(...args: string[]): string {
  return execFileSync("node", ["examples/client-keys/sign.mjs", ...args], {
    env: environment,
    encoding: "utf8",
  }).trim();
}

/** Posts on a new connection, so that any worker may get it. */
function post(server: Server, path: string, form: Record<string, string>): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const call = request(`${server.url}${path}`, { agent: false, method: "POST", headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part) => {
        body += part;
      });
      response.once("end", () => resolve({ status: response.statusCode, body }));
    });
    call.once("error", reject).end(new URLSearchParams(form).toString());
  });
}

test("an assertion works once, whichever of two workers gets it", async () => {
  const server = await startServer({ WEB_CONCURRENCY: "2" });
  expect(childrenOf(server.child.pid ?? 0).length).toBeGreaterThanOrEqual(2);
  const app = await createAppByCli(server.environment);
  const file = join(folder, "jwks.json");
  writeFileSync(file, sign("keys"));
  const { client_id, client_secret } = await foyer(
    server.environment,
    ...["clients", "create", "--app", app.id, "--name", "Machine", "--redirect-uri", "https://prints.example/cb"],
    ...["--auth-method", "private_key_jwt", "--jwks", file],
  );
  expect(client_secret).toBeUndefined();
  const issuer = `${server.url}/o/${app.id}`;
  for (let round = 0; round < 5; round++) {
    const form = {
      token: "x",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: sign("assertion", client_id, issuer),
    };
    const paths = Array.from({ length: 20 }, (_, index) => `/o/${app.id}/${index % 2 ? "introspect" : "revoke"}`);
    const answers = await Promise.all(paths.map((path) => post(server, path, form)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 401 && body.includes("invalid_client"))).toHaveLength(19);
  }
  await server.stop();
});

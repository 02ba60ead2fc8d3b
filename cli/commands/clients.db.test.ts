import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { parseCommand } from "../parse";
import { clientsCreate, clientsUpdate } from "./clients";

let app: TestApp;
let keys: string;
beforeAll(async () => {
  app = await someApp();
  const { publicKey } = await generateKeyPair("ES256");
  keys = join(mkdtempSync(join(tmpdir(), "foyer-")), "jwks.json");
  writeFileSync(keys, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
});

// biome-ignore lint/suspicious/noExplicitAny: the test says what it expects
function run(verb: "create" | "update", ...words: string[]): Promise<any> {
  const { command, flags } = parseCommand([clientsCreate, clientsUpdate], ["clients", verb, "--app", app.id, ...words]);
  return command.run(flags);
}

const NEW = ["--name", "Prints", "--redirect-uri", "https://prints.example/cb"];

describe("clients create and clients update", () => {
  it("set the same settings, and change no others", async () => {
    const settings = [
      ...["--auth-method", "private_key_jwt", "--jwks", keys, "--token-endpoint-auth-signing-alg", "ES256"],
      ...["--require-pushed-authorization-requests", "on", "--require-signed-request-object", "true"],
      ...["--dpop-bound-access-tokens", "--first-party", "--contacts", "a@example.com,b@example.com"],
      ...["--backchannel-logout-uri", "https://prints.example/logout", "--default-max-age", "3600"],
    ];
    const created = await run("create", ...NEW, ...settings);
    const later = await run("create", ...NEW);
    const updated = await run("update", "--client", later.client_id, ...settings);
    const { client_id: _, client_secret: __, created_at: ___, ...expected } = created;
    expect(updated).toMatchObject(expected);
    expect(updated).toMatchObject({
      ...{ token_endpoint_auth_method: "private_key_jwt", require_signed_request_object: true, first_party: true },
      ...{ contacts: ["a@example.com", "b@example.com"], dpop_bound_access_tokens: true, default_max_age: 3600 },
    });
    const cleared = await run("update", "--client", later.client_id, "--contacts", "", "--default-max-age", "");
    expect(cleared).toEqual({ ...updated, contacts: [], default_max_age: null });
  });

  it("record an event only for a change, with the names of what changed", async () => {
    const { client_id } = await run("create", ...NEW);
    await run("update", "--client", client_id, "--pkce", "optional", "--name", "Prints");
    await run("update", "--client", client_id, "--pkce", "required", "--name", "Prints");
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: client_id, type: "client.updated" },
    });
    expect(events.map(({ explanation }) => explanation)).toEqual([{ changed: ["pkce"] }]);
  });

  it("reject a change of `public`, and accept it where nothing changes", async () => {
    const { client_id } = await run("create", ...NEW);
    await expect(run("update", "--client", client_id, "--public")).rejects.toThrow("--public can't be changed");
    expect(await run("update", "--client", client_id, "--public", "off")).toMatchObject({ public: false });
  });

  it("don’t find a client of another app", async () => {
    const other = await someApp();
    const { client_id } = await run("create", ...NEW);
    const { command, flags } = parseCommand(
      [clientsUpdate],
      ["clients", "update", "--app", other.id, "--client", client_id, "--pkce", "required"],
    );
    await expect(command.run(flags)).rejects.toMatchObject({ status: 404 });
  });
});

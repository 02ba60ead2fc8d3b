import { beforeAll, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { someApp, someDeveloper, type TestApp } from "@/test/support/factories";
import { parseCommand } from "../parse";
import { commands } from "./apps";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

async function run(...words: string[]): Promise<Record<string, string>> {
  const { command, flags } = parseCommand(commands, words);
  return (await command.run(flags)) as Record<string, string>;
}

it("apps create prints an API key and the credentials of the default client", async () => {
  const { email } = await someDeveloper();
  expect(await run("apps", "create", "--owner", email, "--name", "Blog")).toEqual({
    app_id: expect.stringMatching(/^app_/),
    api_key: expect.stringMatching(/^foyer_sk_/),
    issuer: expect.stringMatching(/\/o\/app_/),
    client_id: expect.stringMatching(/^cli_/),
    client_secret: expect.stringMatching(/^foyer_cs_/),
  });
});

it.each([
  ["mcp=on", { mcp: true }],
  ["mcp=off", { mcp: false }],
  ["mcp=true", { mcp: true }],
  ["registration=open", { registration: "open" }],
  ["registration=off", { registration: "off" }],
  ["client_metadata_documents=off", { client_metadata_documents: "off" }],
  ['client_metadata_hosts=["agent.example"]', { client_metadata_hosts: ["agent.example"] }],
  ['mfa_methods=["totp","email"]', { mfa_methods: ["totp", "email"] }],
  ["methods.email_code=on", { methods: { password: true, magic_link: true, email_code: true } }],
  ["methods.email_code=off", { methods: { password: true, magic_link: true, email_code: false } }],
  ["methods.password=off", { methods: { password: false, magic_link: true, email_code: false } }],
])("apps update sets %s", async (setting, expected) => {
  await run("apps", "update", "--app", app.id, "--setting", setting);
  expect((await getApp(app.id)).settings).toMatchObject(expected);
});

it("apps update can't disable the last sign-in method", async () => {
  const off = ["password", "magic_link"].flatMap((name) => ["--setting", `methods.${name}=off`]);
  const command = ["apps", "update", "--app", app.id, ...off, "--setting", "passkeys=off"];
  await expect(run(...command)).rejects.toMatchObject({ status: 409, message: expect.stringContaining("passkeys") });
});

it.each(["registration=on", "registration=maybe", "mcp=maybe"])("apps update rejects %s", async (setting) => {
  await expect(run("apps", "update", "--app", app.id, "--setting", setting)).rejects.toMatchObject({ status: 400 });
});

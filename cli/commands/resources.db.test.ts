/** `foyer resources` and `foyer claims`. */
import { beforeAll, expect, it } from "vitest";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { someApp, type TestApp } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { parseCommand } from "../parse";
import { commands as claims } from "./claims";
import { commands as resources } from "./resources";

// biome-ignore lint/suspicious/noExplicitAny: the results of different commands
function run(...words: string[]): Promise<any> {
  const { command, flags } = parseCommand([...claims, ...resources], words);
  return command.run(flags);
}

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
  for (const name of ["a", "b"])
    await createScope(app.id, { name, description: name, sensitive: false, optional: false }, OPERATOR);
});

it("resources are created, listed, changed and deleted", async () => {
  const words = [
    "--app",
    app.id,
    "--identifier",
    "https://api.example",
    "--name",
    "API",
    "--scope",
    "a",
    "--ttl",
    "60",
  ];
  const made = await run("resources", "create", ...words, "--default");
  const { id } = made;
  expect(made).toMatchObject({ scopes: ["a"], access_token_ttl_seconds: 60, default: true });
  expect(await run("resources", "list", "--app", app.id)).toEqual({ resources: [made] });
  // The ID alone is enough.
  const changed = await run(
    "resources",
    "update",
    "--resource",
    id,
    "--scope",
    "a b",
    "--ttl",
    "default",
    "--default",
    "off",
  );
  expect(changed).toMatchObject({ scopes: ["a", "b"], access_token_ttl_seconds: null, default: false, name: "API" });
  expect(await run("resources", "update", "--app", app.id, "--resource", id, "--name", "New")).toMatchObject({
    name: "New",
  });
  await expect(run("resources", "update", "--resource", id)).rejects.toThrow("at least one setting");
  await expect(run("resources", "create", ...words)).rejects.toMatchObject({ code: "resource_exists" });
  const other = await someApp();
  await expect(run("resources", "delete", "--app", other.id, "--resource", id)).rejects.toMatchObject({ status: 404 });
  expect(await run("resources", "delete", "--app", app.id, "--resource", id)).toEqual({ id, deleted: true });
  await expect(run("resources", "delete", "--resource", id)).rejects.toMatchObject({ status: 404 });
});

it("claims are created, listed, changed and deleted", async () => {
  const create = (name: string, ...words: string[]) =>
    run("claims", "create", "--app", app.id, "--name", name, ...words);
  const plan = await create("plan", "--public-metadata", "plan", "--target", "id_token", "--target", "access_token");
  expect(plan).toMatchObject({
    source: { public_metadata: "plan" },
    targets: ["id_token", "access_token"],
    scope: null,
  });
  const region = await create("region", "--constant", '{"at":"eu"}', "--target", "userinfo,id_token", "--scope", "a");
  expect(region).toMatchObject({ source: { constant: { at: "eu" } }, targets: ["userinfo", "id_token"], scope: "a" });
  expect(await create("text", "--constant", "eu", "--target", "userinfo")).toMatchObject({
    source: { constant: "eu" },
  });
  expect((await run("claims", "list", "--app", app.id)).claims).toHaveLength(3);
  const words = ["claims", "update", "--app", app.id, "--claim", region.id];
  expect(await run(...words, "--metadata", "region", "--scope", "")).toMatchObject({
    source: { metadata: "region" },
    scope: null,
    targets: region.targets,
  });
  await expect(create("more", "--target", "userinfo")).rejects.toThrow("--public-metadata");
  await expect(create("more", "--constant", "1")).rejects.toThrow("--target");
  await expect(create("sub", "--constant", "1", "--target", "userinfo")).rejects.toMatchObject({ status: 400 });
  expect(await run("claims", "delete", "--app", app.id, "--claim", plan.id)).toEqual({ id: plan.id, deleted: true });
});

/** The users of an App in Chromium and by the CLI: brought in with their old passwords, found, written to, and taken along again. */
import { readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import bcrypt from "bcrypt";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createAppInBrowser,
  DEVELOPER_PASSWORD,
  type MadeApp,
  openBrowser,
  signUpDeveloper,
} from "../test/support/dashboard";
import { cliFile, runNode, type Server, startServer } from "../test/support/server";
import { createTenant, foyer, newEmail, type Tenant } from "../test/support/tenant";

const OLD_PASSWORD = "the one from before";

let server: Server;
beforeAll(async () => {
  // One more than the hashes that are brought here were made with.
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1", BCRYPT_COST: "5" });
});

function logIn(app: MadeApp, email: string) {
  return fetch(`${server.url}/api/auth/credentials/login/${app.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ email, password: OLD_PASSWORD }),
  });
}

async function createUser(app: MadeApp, body: Record<string, unknown>): Promise<{ id: string; email: string }> {
  const answer = await fetch(`${server.url}/api/v1/apps/${app.id}/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; email: string };
}

const oldHash = () => bcrypt.hash(OLD_PASSWORD, 4);

async function someFile(): Promise<string> {
  const hash = (await oldHash()).replace("$2b$", "$2y$");
  return [
    "email,name,email_verified,encrypted_password,id,shoe_size",
    `bob@example.com,"Bob ""the Builder""",true,${hash},1,42`,
    "carol@example.com,Carol,,,2,",
    "carol@EXAMPLE.com,Carol again,,,3,",
    "not an address,Nobody,,,4,",
    "dave@example.com,Dave,,plain text,5,",
  ].join("\n");
}

async function choose(page: Page, text: string, name = "users.csv"): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

const figures = (page: Page) => page.getByRole("region", { name: "Result" }).locator("dl").innerText();

describe("an import in the dashboard", () => {
  it("is checked first, names what is wrong, lets people in with their old password, and may be repeated", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Moved In");
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.getByRole("link", { name: "Import" }).click();
    await choose(page, await someFile());
    await page.getByRole("button", { name: "Check 5 users" }).click();
    await page.getByRole("button", { name: "Import 2 users" }).waitFor();
    expect(await figures(page)).toMatch(
      /Would be created\s+2\s+Here already\s+0\s+Twice in the file\s+1\s+Invalid\s+2/,
    );
    const problems = page.getByRole("table", { name: "Rows that need a look" });
    const row = (name: RegExp) => problems.getByRole("row", { name }).innerText();
    expect(await row(/^4 /)).toContain("email is that of row 3; remove one of the two");
    expect(await row(/^5 /)).toContain("email must be one e-mail address");
    expect(await row(/^6 /)).toContain("encrypted_password must be a bcrypt hash");
    expect(await page.getByText("Not imported").innerText()).toContain("shoe_size");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect((await logIn(app, "bob@example.com")).status).toBe(401);

    await page.getByRole("button", { name: "Import 2 users" }).click();
    await page.getByRole("link", { name: "See the users" }).waitFor();
    expect(await figures(page)).toMatch(/Created\s+2/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Result of every row" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("users-result.csv");
    expect(await readFile(await download.path(), "utf8")).toMatch(/\r\n2,created,bob@example\.com,1,usr_\w+,\r\n/);
    const answer = await logIn(app, "bob@example.com");
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { user: object }).user).toMatchObject({
      name: 'Bob "the Builder"',
      email_verified: true,
    });

    await choose(page, await someFile());
    await page.getByRole("button", { name: "Check 5 users" }).click();
    await page.getByRole("button", { name: "Nobody to import" }).waitFor();
    expect(await figures(page)).toMatch(/Here already\s+2/);
    await page.goto(`/dashboard/apps/${app.id}/users?signed_in=never`);
    expect(await page.getByRole("table", { name: "Users" }).innerText()).toContain("carol@example.com");
    expect(await page.getByRole("table", { name: "Users" }).innerText()).not.toContain("bob@example.com");
    expect(complaints).toEqual([]);
    await leave();
  });

  it("refuses what is no file of users, beside the field", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Picky");
    await page.goto(`/dashboard/apps/${app.id}/users/import`);
    await choose(page, "who,what\n1,2\n");
    await page.getByText("one of them must be email").waitFor();
    await choose(page, '[{"email": "bob@example.com"', "users.json");
    await page.getByText("The file is not valid JSON").waitFor();
    expect(await page.locator("input[type=file]").getAttribute("aria-invalid")).toBe("true");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await leave();
  });

  it("ends where the one who does it may no longer", async () => {
    const [alice, eve] = [await signUpDeveloper(server), await signUpDeveloper(server)];
    const app = await createAppInBrowser(alice.page, "Shared");
    const role = (name: string) =>
      foyer(server.environment, "members", "role", "--app", app.id, "--email", eve.email, "--role", name);
    await foyer(server.environment, "members", "add", "--app", app.id, "--email", eve.email, "--role", "admin");
    await eve.page.goto(`/dashboard/apps/${app.id}/users/import`);
    await choose(eve.page, await someFile());
    await role("viewer");
    await eve.page.getByRole("button", { name: "Check 5 users" }).click();
    await eve.page.getByText("This takes the role admin").waitFor();
    for (const path of ["import", "export", "invitations"]) {
      expect((await eve.page.goto(`/dashboard/apps/${app.id}/users/${path}`))?.status(), path).toBe(404);
    }
    await Promise.all([alice.leave(), eve.leave()]);
  });
});

describe("an export in the dashboard", () => {
  it("holds everybody, the hashes where they are asked for, and is noted", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Moving Out");
    await createUser(app, { email: "bob@example.com", password: OLD_PASSWORD, name: "=1+1" });
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.getByRole("link", { name: "Export" }).click();
    const exported = async () => {
      const button = page.getByRole("button", { name: "Export" });
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      return readFile(await download.path(), "utf8");
    };
    const csv = await exported();
    expect(csv).toContain("bob@example.com");
    expect(csv).toContain("'=1+1");
    expect(csv).not.toContain("$2b$");
    await page.getByRole("radio", { name: /JSON/ }).check();
    await page.getByRole("checkbox", { name: /With password hashes/ }).check();
    await page.getByLabel("Your own password").fill("not that");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByText("This is not your password.").waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole("radio", { name: /JSON/ }).check();
    await page.getByLabel("Your own password").fill(DEVELOPER_PASSWORD);
    const [bob] = JSON.parse(await exported());
    expect(await bcrypt.compare(OLD_PASSWORD, bob.password_hash)).toBe(true);
    await page.goto(`/dashboard/apps/${app.id}/events`);
    await page.getByText("Users exported with their password hashes in the dashboard").waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });
});

describe("without JavaScript", () => {
  it("people are found and taken along, and the import says what it needs", async () => {
    const { page, email, leave } = await openBrowser(server, { javaScriptEnabled: false });
    await page.goto("/signup");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.waitForURL("**/dashboard");
    const made = await foyer(server.environment, "apps", "create", "--owner", email, "--name", "Plain");
    const app = { id: made.app_id, apiKey: made.api_key };
    await createUser(app, { email: "bob@example.com", email_verified: true });
    await createUser(app, { email: "carol@example.com" });

    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.getByRole("combobox", { name: "E-mail" }).selectOption("Unverified");
    await page.getByRole("button", { name: "Search" }).click();
    const table = page.getByRole("table", { name: "Users" });
    await table.getByText("carol@example.com").waitFor();
    expect(await table.innerText()).not.toContain("bob@example.com");

    await page.goto(`/dashboard/apps/${app.id}/users/export`);
    const button = page.getByRole("button", { name: "Export" });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    expect(await readFile(await download.path(), "utf8")).toContain("carol@example.com");
    await page.goto(`/dashboard/apps/${app.id}/users/import`);
    await page.getByText("Without JavaScript").waitFor();
    await leave();
  });
});

describe("filters", () => {
  it("narrow the list, stay in the address, and are cleared", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Sorted");
    await createUser(app, { email: "bob@example.com", email_verified: true, password: OLD_PASSWORD });
    await createUser(app, { email: "carol@example.com", disabled: true });
    await logIn(app, "bob@example.com");
    await page.goto(`/dashboard/apps/${app.id}/users`);
    const table = page.getByRole("table", { name: "Users" });
    const pick = async (filter: string, choice: string, seen: string, address: RegExp) => {
      await page.getByRole("combobox", { name: filter }).selectOption(choice);
      await page.waitForURL(address);
      await table.getByText(seen).first().waitFor();
      await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
      await page.getByRole("link", { name: "Clear" }).click();
      await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 2);
    };
    await pick("E-mail", "Verified", "bob@example.com", /email_verified=true/);
    await pick("Status", "Disabled", "carol@example.com", /disabled=true/);
    await pick("Password", "Without a password", "carol@example.com", /has_password=false/);
    await pick("Last sign-in", "Never signed in", "carol@example.com", /signed_in=never/);
    await pick("Last sign-in", "Signed in: last 24 hours", "bob@example.com", /signed_in=day/);
    await page.getByRole("combobox", { name: "Status" }).selectOption("Disabled");
    await page.waitForURL(/disabled=true/);
    await page.getByRole("combobox", { name: "Password" }).selectOption("With a password");
    await page.getByText("No user matches").waitFor();
    await leave();
  });
});

describe("mail from the dashboard", () => {
  const mailTo = (email: string) => foyer(server.environment, "mail", "last", "--to", email);

  it("a user gets the link to a new password, and the one that verifies the address", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Post");
    const { id, email } = await createUser(app, { email: newEmail() });
    await page.goto(`/dashboard/apps/${app.id}/users/${id}`);
    await page.getByRole("button", { name: "Send reset" }).click();
    await page.getByText("The link to a new password is on its way").first().waitFor();
    expect((await mailTo(email)).links[0]).toContain("/reset?token=");
    await page.getByRole("button", { name: "Resend verification" }).click();
    await page.getByText("The link that verifies the address is on its way").first().waitFor();
    const [link] = (await mailTo(email)).links;
    const visitor = await openBrowser(server);
    await visitor.page.goto(link);
    await visitor.page.getByRole("button", { name: "Yes, this is my address" }).click();
    await visitor.page.waitForLoadState();
    await page.reload();
    expect(await page.getByRole("button", { name: "Resend verification" }).count()).toBe(0);
    expect(await page.locator("header").getByText("Verified", { exact: true }).count()).toBeGreaterThan(0);
    await Promise.all([leave(), visitor.leave()]);
  });

  it("somebody is invited, seen as such, and comes in; another invitation is withdrawn", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "By Invitation");
    const [bob, eve] = [newEmail(), newEmail()];
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.getByRole("link", { name: "Invite" }).click();
    for (const email of [bob, eve]) {
      await page.getByLabel("E-mail address").fill(email);
      await page.getByRole("button", { name: "Send invitation" }).click();
      await page.getByRole("row", { name: new RegExp(email) }).waitFor();
    }
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const [link] = (await mailTo(bob)).links;
    const visitor = await openBrowser(server);
    await visitor.page.goto(link);
    await visitor.page.getByLabel("Password", { exact: true }).fill(OLD_PASSWORD);
    await visitor.page.getByRole("button", { name: "Accept the invitation" }).click();
    await visitor.page.waitForURL("**/account");
    await page.getByRole("button", { name: `Withdraw the invitation of ${eve}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
    await page.getByText("The invitation was withdrawn").first().waitFor();
    await page.getByText(eve).waitFor({ state: "detached" });
    await page.getByLabel("E-mail address").fill(bob);
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page
      .getByText(/exists already/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await Promise.all([leave(), visitor.leave()]);
  });

  it("about new devices is switched off and on", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Quiet");
    const setting = async () => {
      const headers = { authorization: `Bearer ${app.apiKey}` };
      const answer = await fetch(`${server.url}/api/v1/apps/${app.id}`, { headers });
      return ((await answer.json()) as { settings: { mail_new_sign_in: boolean } }).settings.mail_new_sign_in;
    };
    await page.goto(`/dashboard/apps/${app.id}/methods`);
    const box = page.getByRole("switch", { name: "Sign-in on a new device" });
    expect(await box.isChecked()).toBe(true);
    await box.uncheck();
    await page.getByRole("form", { name: "Notices" }).getByRole("button", { name: "Save" }).click();
    await page.getByText("The settings are saved").first().waitFor();
    expect(await setting()).toBe(false);
    await page.reload();
    expect(await box.isChecked()).toBe(false);
    await leave();
  });
});

describe("by the CLI", () => {
  let someApp: Tenant;
  beforeAll(async () => {
    someApp = await createTenant(server.environment);
  });
  const path = (name: string) => join(tmpdir(), `foyer-${process.pid}-${Math.random().toString(36).slice(2)}-${name}`);

  /** Ends with its code, and what it wrote to which stream. */
  async function run(...args: string[]) {
    const program = runNode([cliFile(), "users", ...args], server.environment);
    const code = await program.ended;
    return { code, errors: program.errors(), output: program.output() };
  }

  it("a file is checked, imported, and exported into another App", async () => {
    const [from, to] = [await createTenant(server.environment), await createTenant(server.environment)];
    const file = path("users.ndjson");
    const hash = await oldHash();
    const people = Array.from({ length: 600 }, (_, n) => ({
      email: `p${n}@example.com`,
      passwordHash: hash,
      user_id: `auth0|${n}`,
    }));
    await writeFile(file, people.map((person) => JSON.stringify(person)).join("\n"));
    const bring = (...more: string[]) =>
      foyer(server.environment, "users", "import", file, "--app", from.app_id, ...more);
    const counts = { rows: 600, exists: 0, duplicate: 0, invalid: 0, problems: [], ignored: [] };
    expect(await bring("--dry-run")).toEqual({ dry_run: true, ...counts, created: 600 });
    expect(await bring()).toEqual({ dry_run: false, ...counts, created: 600 });
    expect(await bring()).toEqual({ dry_run: false, ...counts, created: 0, exists: 600 });
    expect((await logIn({ id: from.app_id, apiKey: from.api_key }, "p599@example.com")).status).toBe(200);

    const out = path("users.csv");
    const exported = await foyer(
      server.environment,
      "users",
      "export",
      "--app",
      from.app_id,
      "--with-hashes",
      "--out",
      out,
    );
    expect(exported).toEqual({ file: out, format: "csv", hashes: true });
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const again = await run("export", "--app", from.app_id, "--out", out);
    expect(again).toMatchObject({ code: 1, errors: `${out} is there already. Name another file, or remove it.\n` });
    const moved = await foyer(server.environment, "users", "import", out, "--app", to.app_id);
    expect(moved).toMatchObject({ created: 600, invalid: 0 });
    expect((await logIn({ id: to.app_id, apiKey: to.api_key }, "p0@example.com")).status).toBe(200);

    const printed = await run("export", "--app", to.app_id);
    expect(printed.output.split("\r\n").length).toBe(602);
    expect(printed.output).not.toContain("$2b$");
    const { users } = await foyer(server.environment, "users", "export", "--app", to.app_id);
    expect(users.length).toBe(600);
    expect(users[0]).not.toHaveProperty("password_hash");
  });

  it("what is wrong is named, and the exit code says so", async () => {
    const file = path("users.csv");
    await writeFile(file, await someFile());
    const { code, errors, output } = await run("import", file, "--app", someApp.app_id, "--json");
    expect(code).toBe(1);
    expect(errors).toBe("2 rows are invalid; all others were imported. Correct them and import the file again.\n");
    const { problems, ...counts } = JSON.parse(output.replace(errors, ""));
    expect(counts).toMatchObject({ created: 2, exists: 0, duplicate: 1, invalid: 2, ignored: ["shoe_size"] });
    expect(problems.map(({ row }: { row: number }) => row)).toEqual([4, 5, 6]);
  });

  it.each([
    ["a file that is not there", ["import", "/nowhere/users.csv"], "/nowhere/users.csv is not there."],
    ["a folder", ["import", tmpdir()], `${tmpdir()} is a folder.`],
    ["no file", ["import"], "FILE is missing"],
    ["another format", ["export", "--format", "xml"], "--format is csv or json, not xml."],
    ["JSON and CSV at once", ["export", "--format", "csv", "--json"], "With --json the users are printed as JSON."],
  ])("refuses %s", async (_, args, sentence) => {
    const { code, errors } = await run(...args, "--app", someApp.app_id);
    expect(code).toBe(1);
    expect(errors).toContain(sentence);
    expect(errors).not.toContain("    at ");
  });
});

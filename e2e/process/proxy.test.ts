/** The dashboard behind a real nginx, with the configuration of the documentation and with the habits of other proxies. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onCleanup } from "../support/cleanup";
import { signUpInDashboard } from "../support/dashboard";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { freePort, ROOT, type Server, startServer, until } from "../support/server";

const NGINX = "/usr/sbin/nginx";

/** Installs Debian's package where that is possible. */
function provideNginx(): boolean {
  if (existsSync(NGINX)) return true;
  try {
    execFileSync("apt-get", ["install", "-y", "-q", "nginx-light"], { stdio: "ignore", timeout: 120_000 });
  } catch {
    return false;
  }
  return existsSync(NGINX);
}

/** The block of docs/self-hosting.md, for these servers. */
function documentedBlock(): string {
  const docs = readFileSync(join(ROOT, "docs", "self-hosting.md"), "utf8");
  const block = /```text An nginx configuration\n([\s\S]+?)```/.exec(docs)?.[1];
  if (!block) throw new Error("docs/self-hosting.md has no nginx configuration");
  return block.replace("http://127.0.0.1:8000", "http://foyer");
}

/** What other proxies send: each as `location` of nginx. */
const HABITS = {
  "the documented nginx block": documentedBlock,
  "Apache, which rewrites Host and adds X-Forwarded-Host and X-Forwarded-Server": () => `location / {
    proxy_pass http://foyer;
    proxy_http_version 1.1;
    proxy_set_header Host 127.0.0.1;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Server proxy.internal;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  }`,
  "a load balancer that ends TLS, rewrites Host without a port and adds no X-Forwarded-Host": () => `location / {
    proxy_pass http://foyer;
    proxy_http_version 1.1;
    proxy_set_header Host backend.internal;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  }`,
};

/** Starts nginx on `port`, in front of these servers. */
async function startNginx(port: number, servers: Server[], location: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-nginx-"));
  const upstream = servers.map((server) => `server 127.0.0.1:${server.port};`).join(" ");
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
    http {
      access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
      uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
      upstream foyer { ${upstream} }
      server { listen 127.0.0.1:${port}; ${location} }
    }`,
  );
  const nginx = spawn(NGINX, ["-c", file, "-p", folder]);
  onCleanup(async () => void nginx.kill("SIGTERM"));
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until("nginx serves Foyer", isUp);
}

test.describe("behind a reverse proxy", () => {
  test.skip(!provideNginx(), "nginx is not installed, and can't be installed here: apt-get install nginx-light");

  for (const [habit, location] of Object.entries(HABITS)) {
    test(`developers sign up and create an app: ${habit}, two processes`, async ({ page }) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const first = await startServer({ PUBLIC_URL: url, TRUSTED_PROXIES: "127.0.0.1" });
      const second = await startServer({ ...first.environment, PORT: undefined });
      await startNginx(port, [first, second], location());
      await signUpInDashboard(page, newEmail(), url);
      await page.goto(`${url}/dashboard/new`);
      await page.getByLabel("Name").fill("Behind a proxy");
      await page.locator("main form button[type=submit]").click();
      await expect(page.getByText(/foyer_sk_/).first()).toBeVisible();
      expect(await first.stop()).toBe(0);
      expect(await second.stop()).toBe(0);
    });
  }

  test("an offer to upgrade is ignored, also after a page was served (RFC 9110 §7.8)", async () => {
    const server = await startServer();
    expect((await fetch(`${server.url}/login`)).status).toBe(200);
    for (const protocol of ["h2c", "websocket", "TLS/1.2"]) {
      const headers = ["-H", `Upgrade: ${protocol}`, "-H", "Connection: Upgrade"];
      const status = execFileSync("curl", [
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        ...headers,
        `${server.url}/api/health/live`,
      ]);
      expect(String(status)).toBe("200");
    }
  });
});

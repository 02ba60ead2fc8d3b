// A stand-in for GitHub's sign-in: an authorization page with a choice of users, the token
// endpoint, /user and /user/emails. For trying things out and for tests; each sign-in can have a
// fault. No dependencies: node examples/github-stand-in/server.mjs
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { misbehaves } from "./faults.mjs";
import { chooser, PEOPLE } from "./people.mjs";

function random(prefix = "") {
  return prefix + randomBytes(20).toString("hex");
}

function json(response, body, status = 200) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

/** Issued codes and tokens. */
class Grants {
  codes = new Map();
  tokens = new Map();

  /** `POST /login/oauth/authorize`: returns the URL to redirect to. */
  choose(form, url) {
    const person = PEOPLE.find(({ login }) => login === form.get("login"));
    const fault = form.get("fault") ?? "";
    const target = new URL(form.get("redirect_uri"));
    const state = fault === "wrong_state" ? random() : form.get("state");
    if (state !== null && fault !== "no_state") target.searchParams.set("state", state);
    target.searchParams.set("iss", `${url}/login/oauth`);
    if (!person) target.searchParams.set("error", "access_denied");
    else if (fault !== "no_code")
      target.searchParams.set("code", this.issue(this.codes, random(), { person, fault, form }));
    return target.href;
  }

  issue(kind, value, grant) {
    kind.set(value, grant);
    return value;
  }

  /** A code is single-use. */
  take(code) {
    const grant = this.codes.get(code);
    this.codes.delete(code);
    return grant;
  }
}

/** `POST /login/oauth/access_token`. Like GitHub, errors have status 200. */
async function exchange(form, grants, clients, response) {
  const grant = grants.take(form.get("code"));
  if (await misbehaves(grant?.fault, "token", response)) return;
  const secret = form.get("client_secret");
  if (!secret || (clients && clients[form.get("client_id")] !== secret))
    return json(response, { error: "incorrect_client_credentials" });
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  const asked = (name) => grant?.form.get(name) ?? null;
  if (!grant || asked("redirect_uri") !== form.get("redirect_uri") || asked("code_challenge") !== challenge)
    return json(response, { error: "bad_verification_code", error_description: "The code is incorrect or expired." });
  const token = grants.issue(grants.tokens, random("gho_"), grant);
  json(response, { access_token: token, token_type: "bearer", scope: asked("scope") });
}

const API = {
  user: ({ person }, url) => ({
    ...{ id: person.id, login: person.login, name: person.name, email: null },
    ...{ avatar_url: `${url}/${person.login}.png`, html_url: `${url}/${person.login}` },
  }),
  emails: ({ person, fault }) => {
    if (!person.email || fault === "no_email") return [];
    const verified = (person.verified ?? true) && fault !== "unverified";
    const other = { email: `${person.login}@users.example`, primary: false, verified: true };
    return [other, { email: person.email, primary: true, verified }];
  },
};

async function api(place, request, grants, url, response) {
  const grant = grants.tokens.get(request.headers.authorization?.replace(/^Bearer /, ""));
  if (!grant) return json(response, { message: "Bad credentials" }, 401);
  if (!(await misbehaves(grant.fault, place, response))) json(response, API[place](grant, url));
}

async function answer(request, response, { grants, clients, url }) {
  const { pathname, searchParams } = new URL(request.url, url);
  const form = request.method === "POST" ? new URLSearchParams((await request.toArray()).join("")) : searchParams;
  switch (`${request.method} ${pathname}`) {
    case "GET /login/oauth/authorize":
      return response.setHeader("content-type", "text/html; charset=utf-8").end(chooser(form));
    case "POST /login/oauth/authorize":
      return response.writeHead(302, { location: grants.choose(form, url) }).end();
    case "POST /login/oauth/access_token":
      return exchange(form, grants, clients, response);
    case "GET /user":
      return api("user", request, grants, url, response);
    case "GET /user/emails":
      return api("emails", request, grants, url, response);
  }
  json(response, { message: "Not Found" }, 404);
}

/** `clients`: ID → secret; without it, any credentials are accepted. Returns `{ url, close }`. */
export async function startGitHub({ port = 0, host = "127.0.0.1", clients } = {}) {
  const context = { grants: new Grants(), clients, url: "" };
  const server = createServer((request, response) => {
    answer(request, response, context).catch(() => json(response, { message: "Bad Request" }, 400));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  context.url = `http://${host}:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: context.url, close };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startGitHub({ port: Number(process.env.PORT ?? 4100) });
  console.log(`A stand-in for GitHub at ${url}. Connect an app of Foyer to it:

  npm run -s foyer -- social set --app app_… --provider github --client-id any --client-secret any \\
    --redirect-uri http://127.0.0.1:3000/signed-in --delivery code --authorize-url ${url}/login/oauth/authorize \\
    --token-url ${url}/login/oauth/access_token --api-url ${url}`);
}

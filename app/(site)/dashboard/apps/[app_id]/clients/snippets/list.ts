/** Code snippets to connect a client: the common libraries of its type, with its own values. */
import { USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { type ClientType, typeOfClient } from "../types";
import { appAuthForAndroid } from "./android";
import { oidcClientTs } from "./browser";
import { curlClientCredentials, curlDevice } from "./curl";
import { appAuthForIos } from "./ios";
import { nextAuth } from "./next";
import { fetchClientCredentials, openidClient } from "./node";
import { authlib } from "./python";
import type { Snippet, SnippetClient, SnippetValues } from "./snippet";

type Language = [label: string, code: (values: SnippetValues) => string];

const LANGUAGES: Record<ClientType["id"], Language[]> = {
  web: [
    ["Node.js", openidClient],
    ["Next.js", nextAuth],
    ["Python", authlib],
  ],
  spa: [["Browser", oidcClientTs]],
  native: [
    ["iOS", appAuthForIos],
    ["Android", appAuthForAndroid],
    ["Command line", openidClient],
  ],
  device: [["curl", curlDevice]],
  machine: [
    ["curl", curlClientCredentials],
    ["Node.js", fetchClientCredentials],
  ],
};

export function snippetsOf(issuer: string, client: SnippetClient): Snippet[] {
  const type = typeOfClient(client);
  // A client that acts for itself can't use scopes about a user.
  const scopes = client.scopes.filter((name) => type.id !== "machine" || !USER_SCOPES.has(name));
  const values: SnippetValues = {
    issuer,
    client,
    redirectUri: client.redirect_uris[0] ?? "https://example.com/callback",
    scope: scopes.join(" "),
    isOpenid: scopes.includes("openid"),
  };
  return LANGUAGES[type.id].map(([label, code]) => ({ label, code: code(values) }));
}

/** Client credentials grant (RFC 6749 §4.4). Creates no grant in the database. */
import { countUsage } from "../../audit/usage";
import { readCustomClaims } from "../../claims/custom-claims";
import { oauthFail } from "../errors";
import { decideTarget, tokenTarget } from "../resources/audience";
import { parseScope, USER_SCOPES } from "../scopes/scopes";
import { issueAccessToken } from "../tokens/access-token";
import { type GrantHandler, type GrantRequest, tokenType } from "./grant-handler";

function allowedScopes({ client, parameters }: GrantRequest): { sent: string[] | null; allowed: string[] } {
  const allowed = client.scopes.filter((scope) => !USER_SCOPES.has(scope));
  const asked = parameters.get("scope");
  if (asked === undefined) return { sent: null, allowed };
  const names =
    parseScope(asked) ??
    oauthFail("invalid_scope", "The parameter scope is malformed. Separate scope names with spaces", {
      section: "RFC 6749 §3.3",
    });
  const granted = names.filter((name) => allowed.includes(name));
  if (granted.length === 0) {
    oauthFail(
      "invalid_scope",
      "The parameter scope has no scope that this client may use without a user. Allow one in the client's settings",
      {
        section: "RFC 6749 §3.3",
        // Allowing a user scope in the settings would not help: this grant rejects it.
        parameter: names.every((name) => USER_SCOPES.has(name)) ? undefined : "scope",
        facts: { sent: names.slice(0, 20), registered: client.scopes },
      },
    );
  }
  return { sent: names, allowed: granted };
}

export const clientCredentials: GrantHandler = {
  async issue(request) {
    const { app, client, resources } = request;
    const granted = decideTarget(app, resources, request.parameters, allowedScopes(request));
    const { audience, scopes, ttlSeconds } = tokenTarget(app, resources, granted, null);
    const custom = await readCustomClaims(app, null, ["access_token"]);
    const { token, expiresInSeconds } = await issueAccessToken(app, client, {
      subject: client.id,
      scopes,
      audience,
      extra: custom?.("access_token", scopes),
      ttlSeconds,
      jkt: request.proof?.jkt,
    });
    countUsage(app.id, "client_credentials", client.id);
    return {
      access_token: token,
      token_type: tokenType(request),
      expires_in: expiresInSeconds,
      scope: scopes.join(" "),
    };
  },
};

/**
 * Token exchange grant (RFC 8693): a client trades a user's access token for one of its own, with
 * fewer scopes or for another resource. The new token belongs to the grant of the old one, so it
 * ends with that grant.
 */
import { countUsage } from "../../audit/usage";
import { readCustomClaims } from "../../claims/custom-claims";
import { oauthFail } from "../errors";
import { required } from "../parameters";
import { decideTarget, tokenTarget } from "../resources/audience";
import { parseScope } from "../scopes/scopes";
import { issueAccessToken, type VerifiedAccessToken, verifyAccessToken } from "../tokens/access-token";
import { type ActiveToken, findActiveToken } from "../tokens/active-token";
import { type GrantHandler, type GrantRequest, type TokenResponse, tokenType } from "./grant-handler";

const SECTION = "RFC 8693 §2.1";

/** RFC 8693 §3. Foyer's access tokens are JWTs, so both types name the same tokens. */
export const TOKEN_TYPES = [
  "urn:ietf:params:oauth:token-type:access_token",
  "urn:ietf:params:oauth:token-type:jwt",
] as const;

const MAX_ACTORS = 3;

interface Presented {
  token: VerifiedAccessToken;
  active: ActiveToken;
}

function failRequest(description: string, facts?: Record<string, string | null>): never {
  oauthFail("invalid_request", description, { section: SECTION, facts });
}

function requireTokenType(name: string, sent: string): string {
  const known = TOKEN_TYPES.find((type) => type === sent);
  return (
    known ?? failRequest(`The parameter ${name} must be ${TOKEN_TYPES.join(" or ")}`, { sent: sent.slice(0, 100) })
  );
}

/** An active access token of this app. Who presents it needs no proof of its key: it isn't used here. */
async function readToken({ app, parameters }: GrantRequest, role: "subject" | "actor"): Promise<Presented> {
  const text = required(parameters, `${role}_token`, SECTION);
  requireTokenType(`${role}_token_type`, required(parameters, `${role}_token_type`, SECTION));
  const token = await verifyAccessToken(text);
  const active = token?.app.id === app.id ? await findActiveToken(token) : null;
  if (token && active) return { token, active };
  return oauthFail(
    "invalid_request",
    `The ${role}_token is malformed, expired, revoked or from another app. Send an active access token of this app`,
    { section: "RFC 8693 §2.2.2" },
  );
}

/** RFC 8693 §2.1 names targets by URI (`resource`) or by a name that both sides know (`audience`). */
function rejectAudience({ parameters }: GrantRequest): void {
  if (parameters.get("audience"))
    oauthFail("invalid_target", "The parameter audience is not supported. Name the target with resource", {
      section: "RFC 8693 §2.2.2",
    });
}

async function readSubject(request: GrantRequest): Promise<{ subject: VerifiedAccessToken; userId: string }> {
  const { token, active } = await readToken(request, "subject");
  if (!active.user) failRequest("The subject_token was issued to a client for itself. Send the token of a user");
  return { subject: token, userId: active.user.id };
}

/** The subject of the actor's token; without one, the exchanging client. */
async function readActor(request: GrantRequest): Promise<string> {
  const { client, parameters } = request;
  if (parameters.get("actor_token")) return (await readToken(request, "actor")).token.subject;
  if (parameters.get("actor_token_type"))
    failRequest("The parameter actor_token_type was sent without actor_token. Send both or neither");
  return client.id;
}

interface Act {
  sub: string;
  act?: Act;
}

/** RFC 8693 §4.1: the actor, and within it those who acted before. */
function actorChain(sub: string, { claims }: VerifiedAccessToken): Act {
  const earlier = claims.act as Act | undefined;
  let count = 1;
  for (let act = earlier; act; act = act.act) count++;
  if (count > MAX_ACTORS)
    failRequest(`The subject_token was exchanged ${MAX_ACTORS} times, which is the limit. Exchange an earlier token`);
  return earlier ? { sub, act: earlier } : { sub };
}

/** The requested scopes of the subject token; without the parameter, all that this client may request. */
function requestedScopes({ client, parameters }: GrantRequest, subject: VerifiedAccessToken) {
  const allowed = subject.scopes.filter((name) => client.scopes.includes(name));
  const sent = parameters.get("scope");
  const names = sent === undefined ? allowed : parseScope(sent);
  if (names && names.length > 0 && names.every((name) => allowed.includes(name)))
    return { sent: sent === undefined ? null : names, allowed: names };
  return oauthFail(
    "invalid_scope",
    "The parameter scope must name scopes that the subject_token has and that this client may request",
    {
      section: SECTION,
      facts: { sent: names?.slice(0, 20) ?? null, granted: subject.scopes, registered: client.scopes },
    },
  );
}

function optionalText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

export interface ExchangeResponse extends TokenResponse {
  issued_token_type: string;
}

export const tokenExchange: GrantHandler = {
  async issue(request): Promise<ExchangeResponse> {
    const { app, client, parameters, proof, resources } = request;
    const requested = parameters.get("requested_token_type") ?? TOKEN_TYPES[0];
    const issuedType = requireTokenType("requested_token_type", requested);
    rejectAudience(request);
    const { subject, userId } = await readSubject(request);
    const act = actorChain(await readActor(request), subject);
    const granted = decideTarget(app, resources, parameters, requestedScopes(request, subject));
    const { audience, scopes, ttlSeconds } = tokenTarget(app, resources, granted, null);
    const custom = await readCustomClaims(app, userId, ["access_token"]);
    const { auth_time, amr } = subject.claims;
    const issued = await issueAccessToken(app, client, {
      subject: subject.subject,
      scopes,
      audience,
      ttlSeconds,
      extra: custom?.("access_token", scopes),
      act,
      grantId: subject.grantId ?? undefined,
      grantClientId: subject.grantClientId,
      sessionId: subject.sessionId,
      authTime: typeof auth_time === "number" ? new Date(auth_time * 1000) : undefined,
      acr: optionalText(subject.claims.acr),
      amr: Array.isArray(amr) ? amr : undefined,
      jkt: proof?.jkt,
      expiresAtMost: subject.expiresAt,
    });
    countUsage(app.id, "token_exchange", client.id);
    return {
      access_token: issued.token,
      issued_token_type: issuedType,
      token_type: tokenType(request),
      expires_in: issued.expiresInSeconds,
      scope: scopes.join(" "),
    };
  },
};

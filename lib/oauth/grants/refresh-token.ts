/**
 * Refresh token grant (RFC 6749 §6). By default, Foyer rotates refresh tokens of public clients and
 * reuses those of confidential clients (RFC 9700 §2.2.2).
 */
import { batchedStatement } from "../../database/batch";
import { rowByKey } from "../../database/by-key";
import { conditionColumns, requireConditions } from "../../database/conditions";
import { type Family, familyRotation, touchFamily } from "../../refresh/family";
import { GRANT_FAMILY, recordRepeatedUse, rotates } from "../../refresh/policy";
import { isCurrent, isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../../refresh/token";
import { OIDC_USER_COLUMNS } from "../../users/user-views";
import { required } from "../parameters";
import { requestedTargets, requireScopesOf } from "../resources/audience";
import { parseScope } from "../scopes/scopes";
import {
  type GrantHandler,
  type GrantRequest,
  grantLifetimes,
  issueUserTokens,
  refreshTokenFor,
} from "./grant-handler";
import {
  CONDITION_TYPES,
  type ConditionValues,
  conditionValues,
  failToken,
  GRANT_COLUMNS,
  type GrantRow,
  KEPT_CONDITIONS,
  ROTATION_CONDITIONS,
  remainingScopes,
  SECTION,
  tokenUse,
} from "./refresh-conditions";

/** The minimum interval between updates of the last use and idle expiry of a reused token. */
const TOUCH_INTERVAL_SECONDS = 60;

interface RefreshedGrant {
  row: GrantRow;
  counter: number;
}

function familyOf({ app, client }: GrantRequest, token: ParsedRefreshToken): Family {
  const { idleSeconds } = grantLifetimes(app, client);
  return { appId: app.id, id: token.familyId, salt: token.salt, idleSeconds };
}

interface KeptToken extends ConditionValues {
  family: string;
  salt: Uint8Array;
  from: number;
  touch_interval: number;
  idle: number;
}

/** `stale`: the last use is older than the interval, or the idle expiry needs an extension. */
const findGrant = batchedStatement<KeptToken, GrantRow & { stale: boolean }>({
  name: "grant-of-kept-token",
  types: { family: "text", salt: "bytea", from: "int", touch_interval: "float8", idle: "float8", ...CONDITION_TYPES },
  text: (asked) => `SELECT "nth", ${OIDC_USER_COLUMNS}, ${GRANT_COLUMNS}, ${conditionColumns(KEPT_CONDITIONS)},
       coalesce(f."lastUsedAt" < now() - make_interval(secs => asked."touch_interval"), true)
         OR f."idleExpiresAt" < LEAST(f."expiresAt", now() + make_interval(secs => asked."idle")) AS "stale"
     FROM ${asked}
     JOIN ${rowByKey("Grant", "f", `f."id" = asked."family"`)} ON true
     JOIN ${rowByKey("User", "u", `u."id" = f."userId"`)} ON true`,
});

async function keepToken(
  request: GrantRequest,
  token: ParsedRefreshToken,
  requested: string[] | null,
): Promise<RefreshedGrant> {
  const family = familyOf(request, token);
  const touchInterval = Math.min(TOUCH_INTERVAL_SECONDS, family.idleSeconds / 10);
  const row = await findGrant(family.appId, {
    family: family.id,
    salt: token.salt,
    from: token.counter,
    touch_interval: touchInterval,
    idle: family.idleSeconds - touchInterval,
    ...conditionValues(request, requested),
  });
  if (!row) return failToken();
  await requireConditions(KEPT_CONDITIONS, row, { request, grant: row });
  if (row.stale && !(await touchFamily(GRANT_FAMILY, family))) failToken();
  return { row, counter: token.counter };
}

const rotate = familyRotation<ConditionValues, GrantRow>(GRANT_FAMILY, {
  types: CONDITION_TYPES,
  conditions: ROTATION_CONDITIONS,
  columns: `${OIDC_USER_COLUMNS}, ${GRANT_COLUMNS}`,
});

async function rotateToken(
  request: GrantRequest,
  token: ParsedRefreshToken,
  requested: string[] | null,
): Promise<RefreshedGrant> {
  const row = await rotate(familyOf(request, token), token.counter, conditionValues(request, requested));
  if (!row) return failToken();
  await requireConditions(ROTATION_CONDITIONS, row, { request, grant: row });
  if (!row.advanced) await recordRepeatedUse(GRANT_FAMILY, tokenUse({ request, grant: row }));
  return { row, counter: row.counter };
}

/** Before the token is rotated: a request for scopes that the named resources lack changes nothing. */
function requireScopeOfTargets({ parameters, resources }: GrantRequest, requested: string[] | null): void {
  const scope = parameters.get("scope");
  if (requested && scope !== undefined) requireScopesOf(resources, requested, parseScope(scope) ?? []);
}

export const refreshToken: GrantHandler = {
  async issue(request) {
    const { app, client, parameters, resources } = request;
    const sent = required(parameters, "refresh_token", SECTION);
    const token = parseRefreshToken(sent);
    if (!token || !isGenuine(token, { appId: app.id, clientId: client.id })) failToken();
    const requested = requestedTargets(app, resources, parameters);
    requireScopeOfTargets(request, requested);
    const { row, counter } = await (rotates(client) ? rotateToken : keepToken)(request, token, requested);
    const grant = {
      id: row.grant_id,
      salt: row.grant_salt,
      counter,
      subject: row.grant_subject,
      sessionId: row.grant_session,
      sid: row.grant_sid,
      authTime: row.grant_auth_time,
      acr: row.grant_acr,
      amr: row.grant_amr,
      claims: row.grant_claims,
      user: row,
    };
    const { scope } = conditionValues(request, null);
    // Returns a reused token unchanged, unless the master key has a new version.
    const isUnchanged = counter === token.counter && isCurrent(token);
    const scopes = scope?.split(" ") ?? remainingScopes({ request, grant: row });
    return issueUserTokens(request, grant, {
      target: { resources: row.grant_resources, scopes },
      requested,
      refresh: isUnchanged ? sent : refreshTokenFor(request, grant),
    });
  },
};

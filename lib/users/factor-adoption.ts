/** How many users of an app have second factors and passkeys, for its owner. */
import { prepared } from "../database/client";
import { MANY_USERS } from "./count";

export interface FactorAdoption {
  /** The users that were counted: all, or the newest `MANY_USERS`. */
  users: number;
  /** With any factor. A user with several types counts once for each of them. */
  any: number;
  totp: number;
  passkey: number;
  email: number;
}

/** The newest users, since counting millions of rows takes long. */
const COUNT = `
  SELECT count(*)::int AS "users",
    count(*) FILTER (WHERE "factors" <> '{}')::int AS "any",
    count(*) FILTER (WHERE 'totp' = ANY("factors"))::int AS "totp",
    count(*) FILTER (WHERE 'passkey' = ANY("factors"))::int AS "passkey",
    count(*) FILTER (WHERE 'email' = ANY("factors"))::int AS "email"
  FROM (SELECT "factors" FROM "User" WHERE "appId" = $1 ORDER BY "createdAt" DESC, "id" DESC LIMIT ${MANY_USERS}) AS newest`;

export async function countFactors(appId: string): Promise<FactorAdoption> {
  const [counted] = await prepared<FactorAdoption>("factor-adoption", COUNT, [appId]);
  return counted ?? { users: 0, any: 0, totp: 0, passkey: 0, email: 0 };
}

/** Generates millions of users with a session each, inside PostgreSQL. */
import type pg from "pg";
import { settle } from "./statistics";

const ID = "lpad(to_hex(i), 26, '0')";

export async function generateUsers(
  client: pg.Client,
  appId: string,
  count: number,
  passwordHash: string,
): Promise<void> {
  const series = [appId, count];
  await client.query(
    `INSERT INTO "User" ("appId", "id", "email", "emailCanonical", "passwordHash", "name", "createdAt")
     SELECT $1, 'usr_' || ${ID}, 'user-' || i || '@rows.example', 'user-' || i || '@rows.example', $3, 'User ' || i,
            now() - make_interval(secs => $2::int - i)
     FROM generate_series(1, $2::int) AS i`,
    [...series, passwordHash],
  );
  await client.query(
    `INSERT INTO "Session" ("appId", "id", "userId", "kind", "salt", "authTime", "amr", "idleExpiresAt", "expiresAt")
     SELECT $1, 'ses_' || ${ID}, 'usr_' || ${ID}, 'api', sha256(i::text::bytea), now(), '{pwd}',
            now() + interval '30 days', now() + interval '90 days'
     FROM generate_series(1, $2::int) AS i`,
    series,
  );
  await settle(client, ["User", "Session"]);
}

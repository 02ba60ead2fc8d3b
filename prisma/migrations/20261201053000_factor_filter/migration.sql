-- A fifth question for the filters of users: whether the user has a second factor. As in the migration user_filters, each kind of user is
-- listed in order by an index. lib/users/search.ts asks in the same words.
BEGIN;

CREATE INDEX "User_kinds" ON "User" ("appId",
  (("emailVerifiedAt" IS NULL)::int + 2 * ("passwordHash" IS NULL)::int + 4 * ("disabledAt" IS NULL)::int + 8 * ("lastSignInAt" IS NULL)::int + 16 * ("factors" = '{}')::int),
  "id");

CREATE INDEX "User_kinds_signed_in" ON "User" ("appId",
  (("emailVerifiedAt" IS NULL)::int + 2 * ("passwordHash" IS NULL)::int + 4 * ("disabledAt" IS NULL)::int + 8 * ("lastSignInAt" IS NULL)::int + 16 * ("factors" = '{}')::int),
  "lastSignInAt", "id");

DROP INDEX "User_kind";
DROP INDEX "User_kind_signed_in";

COMMIT;

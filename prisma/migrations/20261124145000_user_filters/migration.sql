-- Filtering the users of one App. Four yes-or-no questions make sixteen kinds of user; each kind is listed in order by an index, so any
-- combination is a merge of some of them and never a walk past everybody else. lib/users/search.ts asks in the same words.
BEGIN;

CREATE INDEX "User_kind" ON "User" ("appId",
  (("emailVerifiedAt" IS NULL)::int + 2 * ("passwordHash" IS NULL)::int + 4 * ("disabledAt" IS NULL)::int + 8 * ("lastSignInAt" IS NULL)::int),
  "id");

CREATE INDEX "User_kind_signed_in" ON "User" ("appId",
  (("emailVerifiedAt" IS NULL)::int + 2 * ("passwordHash" IS NULL)::int + 4 * ("disabledAt" IS NULL)::int + 8 * ("lastSignInAt" IS NULL)::int),
  "lastSignInAt", "id");

COMMIT;

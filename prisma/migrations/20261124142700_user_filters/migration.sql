-- Filtering the users of one App, a page of a million in a few milliseconds. Partial indexes, which Prisma cannot say: lib/users/search.ts
-- asks in the same words.
BEGIN;

CREATE INDEX "User_appId_lastSignInAt_id_idx" ON "User"("appId", "lastSignInAt", "id");

CREATE INDEX "User_verified" ON "User" ("appId", "id") WHERE "emailVerifiedAt" IS NOT NULL;
CREATE INDEX "User_unverified" ON "User" ("appId", "id") WHERE "emailVerifiedAt" IS NULL;
CREATE INDEX "User_with_password" ON "User" ("appId", "id") WHERE "passwordHash" IS NOT NULL;
CREATE INDEX "User_without_password" ON "User" ("appId", "id") WHERE "passwordHash" IS NULL;
CREATE INDEX "User_disabled" ON "User" ("appId", "id") WHERE "disabledAt" IS NOT NULL;

COMMIT;

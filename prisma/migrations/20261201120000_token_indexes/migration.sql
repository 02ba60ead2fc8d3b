-- Without statistics, PostgreSQL may take any index that begins with "appId", and read all tokens of an app where a key would find one. A partial
-- index is out of the question for statements that don't name its column.
BEGIN;

DROP INDEX "OneTimeToken_appId_purpose_email_idx";
CREATE INDEX "OneTimeToken_email" ON "OneTimeToken" ("appId", "purpose", "email") WHERE "email" IS NOT NULL;

DROP INDEX "OneTimeToken_appId_userId_idx";
CREATE INDEX "OneTimeToken_user" ON "OneTimeToken" ("appId", "userId") WHERE "userId" IS NOT NULL;

COMMIT;

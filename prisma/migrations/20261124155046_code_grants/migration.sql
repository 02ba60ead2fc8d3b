-- A code knows from the start which grant it will become, so that using it up changes one column and asks no other table.
BEGIN;

ALTER TABLE "AuthorizationCode" DROP CONSTRAINT "AuthorizationCode_appId_grantId_fkey";

-- A used code still goes with its grant.
CREATE FUNCTION remove_codes_of_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "AuthorizationCode" WHERE "appId" = OLD."appId" AND "grantId" = OLD."id";
  RETURN NULL;
END $$;
CREATE TRIGGER remove_codes_of_grant AFTER DELETE ON "Grant" FOR EACH ROW EXECUTE FUNCTION remove_codes_of_grant();

-- What expires unused is looked for every minute; used ones, kept as long as their grants, must not be in the way.
DROP INDEX "AuthorizationCode_expiresAt_idx";
CREATE INDEX "AuthorizationCode_unused" ON "AuthorizationCode" ("expiresAt") WHERE "consumedAt" IS NULL;

COMMIT;

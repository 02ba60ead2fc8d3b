BEGIN;

-- `phone` and `address` are scopes of OpenID Connect now, which every app has (OIDC Core §5.4). An app's own scope of the same name meant
-- something else: a user who allowed it didn't allow the phone number. Only apps that have such a scope are touched.
CREATE TEMPORARY TABLE "own" ON COMMIT DROP AS SELECT "appId", "name" FROM "Scope" WHERE "name" IN ('phone', 'address');

UPDATE "OAuthClient" t SET "scopes" = array_remove(t."scopes", own."name")
  FROM "own" WHERE t."appId" = own."appId" AND own."name" = ANY (t."scopes");
UPDATE "AuthorizationCode" t SET "scopes" = array_remove(t."scopes", own."name")
  FROM "own" WHERE t."appId" = own."appId" AND own."name" = ANY (t."scopes");
UPDATE "Grant" t SET "scopes" = array_remove(t."scopes", own."name")
  FROM "own" WHERE t."appId" = own."appId" AND own."name" = ANY (t."scopes");
UPDATE "Consent" t SET "scopes" = array_remove(t."scopes", own."name"), "declinedScopes" = array_remove(t."declinedScopes", own."name")
  FROM "own" WHERE t."appId" = own."appId" AND (own."name" = ANY (t."scopes") OR own."name" = ANY (t."declinedScopes"));
DELETE FROM "Scope" WHERE "name" IN ('phone', 'address');

COMMIT;

BEGIN;

CREATE TABLE "RegistrationToken" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RegistrationToken_pkey" PRIMARY KEY ("appId","id")
);
CREATE UNIQUE INDEX "RegistrationToken_appId_hash_key" ON "RegistrationToken"("appId", "hash");
ALTER TABLE "RegistrationToken" ADD CONSTRAINT "RegistrationToken_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "OAuthClient" ADD COLUMN "checkUnusedAt" TIMESTAMPTZ(3), ADD COLUMN "documentExpiresAt" TIMESTAMPTZ(3);
CREATE INDEX "OAuthClient_checkUnusedAt_idx" ON "OAuthClient"("checkUnusedAt");

-- The cleanup moves "checkUnusedAt", which changes nothing that a process caches.
DROP TRIGGER foyer_announce_changes ON "OAuthClient";
CREATE TRIGGER foyer_announce_changes AFTER UPDATE ON "OAuthClient" FOR EACH ROW
  WHEN (OLD."lastUsedAt" IS NOT DISTINCT FROM NEW."lastUsedAt" AND OLD."checkUnusedAt" IS NOT DISTINCT FROM NEW."checkUnusedAt")
  EXECUTE FUNCTION foyer_announce_config();

COMMIT;

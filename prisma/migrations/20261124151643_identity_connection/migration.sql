BEGIN;

-- CreateIndex
CREATE INDEX "Identity_appId_connection_idx" ON "Identity"("appId", "connection");

COMMIT;

BEGIN;

-- CreateIndex
CREATE INDEX "Mail_appId_userId_idx" ON "Mail"("appId", "userId");

COMMIT;

-- Events are listed newest first whatever the filter, and an id sorts by time; what is plotted is counted once an hour.
BEGIN;

-- DropIndex
DROP INDEX "AuditEvent_appId_type_createdAt_idx";

-- DropIndex
DROP INDEX "AuditEvent_appId_userId_createdAt_idx";

-- DropIndex
DROP INDEX "AuditEvent_appId_clientId_createdAt_idx";

-- CreateTable
CREATE TABLE "EventCount" (
    "appId" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL,

    CONSTRAINT "EventCount_pkey" PRIMARY KEY ("appId","unit","start","type","detail")
);

-- CreateIndex
CREATE INDEX "AuditEvent_appId_type_id_idx" ON "AuditEvent"("appId", "type", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_userId_id_idx" ON "AuditEvent"("appId", "userId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_clientId_id_idx" ON "AuditEvent"("appId", "clientId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_actorType_id_idx" ON "AuditEvent"("appId", "actorType", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_actorId_id_idx" ON "AuditEvent"("appId", "actorId", "id");

-- What was refused or failed is rare among what went well (Prisma cannot say a partial index).
CREATE INDEX "AuditEvent_trouble" ON "AuditEvent" ("appId", "outcome", "id") WHERE "outcome" <> 'success';

-- AddForeignKey
ALTER TABLE "EventCount" ADD CONSTRAINT "EventCount_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;

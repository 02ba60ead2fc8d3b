BEGIN;

CREATE TABLE "CustomClaim" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "scope" TEXT,
    "targets" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CustomClaim_pkey" PRIMARY KEY ("appId","id")
);

CREATE UNIQUE INDEX "CustomClaim_appId_name_key" ON "CustomClaim"("appId", "name");

ALTER TABLE "CustomClaim" ADD CONSTRAINT "CustomClaim_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "CustomClaim" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();

COMMIT;

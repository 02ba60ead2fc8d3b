BEGIN;

-- AlterTable
ALTER TABLE "OAuthClient" ADD COLUMN     "authAlg" TEXT,
ADD COLUMN     "authorizationResponseAlg" TEXT,
ADD COLUMN     "introspectionAlg" TEXT;

-- AlterTable
ALTER TABLE "AuthorizationCode" ADD COLUMN     "subject" TEXT;

-- CreateTable
CREATE TABLE "UsedToken" (
    "appId" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsedToken_pkey" PRIMARY KEY ("appId","hash")
);

-- CreateIndex
CREATE INDEX "UsedToken_expiresAt_idx" ON "UsedToken"("expiresAt");

-- AddForeignKey
ALTER TABLE "UsedToken" ADD CONSTRAINT "UsedToken_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;

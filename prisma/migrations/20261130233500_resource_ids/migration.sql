BEGIN;

-- Nothing has written to this table so far, so that its key can change.
ALTER TABLE "Resource" DROP CONSTRAINT "Resource_pkey";
ALTER TABLE "Resource" DROP COLUMN "accessTokenAlg";
ALTER TABLE "Resource"
  ADD COLUMN "id" TEXT NOT NULL,
  ADD COLUMN "identifierCanonical" TEXT NOT NULL,
  ADD COLUMN "isDefault" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD CONSTRAINT "Resource_pkey" PRIMARY KEY ("appId", "id");

CREATE UNIQUE INDEX "Resource_appId_identifierCanonical_key" ON "Resource" ("appId", "identifierCanonical");
-- Prisma can't express a partial index.
CREATE UNIQUE INDEX "Resource_default_key" ON "Resource" ("appId") WHERE "isDefault";

COMMIT;

BEGIN;

ALTER TABLE "App" ADD COLUMN "botCheckSecret" TEXT;

ALTER TABLE "User" ADD COLUMN "factors" TEXT[] NOT NULL DEFAULT '{}',
    ADD COLUMN "factorsChangedAt" TIMESTAMPTZ(3),
    ADD COLUMN "passkeyOfferedAt" TIMESTAMPTZ(3);

ALTER TABLE "Session" ADD COLUMN "factorAt" TIMESTAMPTZ(3);

CREATE TABLE "Factor" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT,
    "secret" TEXT,
    "lastStep" INTEGER,
    "credentialId" BYTEA,
    "publicKey" BYTEA,
    "counter" BIGINT,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "aaguid" TEXT,
    "synced" BOOLEAN,
    "rpId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Factor_pkey" PRIMARY KEY ("appId","id")
);

CREATE TABLE "RecoveryCode" (
    "appId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("appId","userId","hash")
);

CREATE TABLE "RememberedDevice" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "secretHash" BYTEA NOT NULL,
    "userAgent" TEXT,
    "ip" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RememberedDevice_pkey" PRIMARY KEY ("appId","id")
);

CREATE UNIQUE INDEX "Factor_appId_credentialId_key" ON "Factor"("appId", "credentialId");
CREATE INDEX "Factor_appId_userId_idx" ON "Factor"("appId", "userId");
CREATE INDEX "RememberedDevice_appId_userId_idx" ON "RememberedDevice"("appId", "userId");
CREATE INDEX "RememberedDevice_expiresAt_idx" ON "RememberedDevice"("expiresAt");

ALTER TABLE "Factor" ADD CONSTRAINT "Factor_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Factor" ADD CONSTRAINT "Factor_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RememberedDevice" ADD CONSTRAINT "RememberedDevice_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RememberedDevice" ADD CONSTRAINT "RememberedDevice_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;

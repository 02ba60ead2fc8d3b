BEGIN;

-- Device authorization requests (RFC 8628). An update while the device polls changes no index.
CREATE TABLE "DeviceCode" (
  "appId" TEXT NOT NULL,
  "hash" BYTEA NOT NULL,
  "userCode" TEXT NOT NULL,
  "clientId" TEXT NOT NULL,
  "scopes" TEXT[] NOT NULL,
  "resources" TEXT[] NOT NULL,
  "ip" TEXT,
  "userAgent" TEXT,
  "intervalSeconds" INTEGER NOT NULL,
  "lastPolledAt" TIMESTAMPTZ(3),
  "decision" TEXT,
  "userId" TEXT,
  "subject" TEXT,
  "sessionId" TEXT,
  "authTime" TIMESTAMPTZ(3),
  "acr" TEXT,
  "amr" TEXT[] NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "consumedAt" TIMESTAMPTZ(3),
  CONSTRAINT "DeviceCode_pkey" PRIMARY KEY ("appId", "hash"),
  CONSTRAINT "DeviceCode_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "DeviceCode_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient" ("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "DeviceCode_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User" ("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "DeviceCode_appId_sessionId_fkey" FOREIGN KEY ("appId", "sessionId") REFERENCES "Session" ("appId", "id") ON DELETE SET NULL ("sessionId") ON UPDATE CASCADE
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX "DeviceCode_appId_userCode_key" ON "DeviceCode" ("appId", "userCode");
CREATE INDEX "DeviceCode_appId_clientId_idx" ON "DeviceCode" ("appId", "clientId");
CREATE INDEX "DeviceCode_appId_userId_idx" ON "DeviceCode" ("appId", "userId");
CREATE INDEX "DeviceCode_appId_sessionId_idx" ON "DeviceCode" ("appId", "sessionId");
CREATE INDEX "DeviceCode_expiresAt_idx" ON "DeviceCode" ("expiresAt");

-- The browser or device that a grant was requested with, for the account page.
ALTER TABLE "Grant" ADD COLUMN "userAgent" TEXT;

COMMIT;

BEGIN;

-- The domain that the publisher of a client proved to control: lib/oauth/publisher.
CREATE TABLE "Publisher" (
    "appId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "method" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checkedAt" TIMESTAMPTZ(3),
    "verifiedAt" TIMESTAMPTZ(3),
    "failingSince" TIMESTAMPTZ(3),

    CONSTRAINT "Publisher_pkey" PRIMARY KEY ("appId", "clientId")
);

CREATE INDEX "Publisher_checkedAt_idx" ON "Publisher"("checkedAt");

ALTER TABLE "Publisher" ADD CONSTRAINT "Publisher_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;

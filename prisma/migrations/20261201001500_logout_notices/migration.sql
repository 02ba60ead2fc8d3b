BEGIN;

-- Back-channel logout (OIDC BCL 1.0): the clients that got an ID token in a session, to notify when it ends. Without foreign keys to users and
-- sessions, because a notice outlives both.
CREATE TABLE "LogoutNotice" (
  "appId" TEXT NOT NULL,
  "sid" TEXT NOT NULL,
  "clientId" TEXT NOT NULL,
  "sessionId" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "LogoutNotice_pkey" PRIMARY KEY ("appId", "sid", "clientId"),
  CONSTRAINT "LogoutNotice_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "LogoutNotice_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient" ("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "LogoutNotice_appId_clientId_idx" ON "LogoutNotice" ("appId", "clientId");
CREATE INDEX "LogoutNotice_appId_sessionId_idx" ON "LogoutNotice" ("appId", "sessionId");
CREATE INDEX "LogoutNotice_nextAttemptAt_idx" ON "LogoutNotice" ("nextAttemptAt");

-- The `sid` of a grant's ID tokens stays when the grant moves to the browser's next session.
ALTER TABLE "Grant" ADD COLUMN "sid" TEXT;

-- Whatever ends a session passes here, so no caller can forget the notices.
CREATE FUNCTION foyer_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "LogoutNotice" SET "endedAt" = now(), "nextAttemptAt" = now()
  WHERE "appId" = OLD."appId" AND "sessionId" = OLD."id" AND "endedAt" IS NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER foyer_session_revoked AFTER UPDATE OF "revokedAt" ON "Session" FOR EACH ROW
  WHEN (OLD."revokedAt" IS NULL AND NEW."revokedAt" IS NOT NULL) EXECUTE FUNCTION foyer_session_ended();
CREATE TRIGGER foyer_session_deleted AFTER DELETE ON "Session" FOR EACH ROW EXECUTE FUNCTION foyer_session_ended();

-- A client that sets its URL later is notified of the sessions that it already has: of the newest, so that the change stays quick.
CREATE FUNCTION foyer_logout_uri_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LogoutNotice" ("appId", "sid", "clientId", "sessionId", "subject", "nextAttemptAt")
  SELECT DISTINCT ON (coalesce(g."sid", g."sessionId")) g."appId", coalesce(g."sid", g."sessionId"), g."clientId", g."sessionId", g."subject",
    least(s."idleExpiresAt", s."expiresAt")
  FROM (SELECT * FROM "Grant" WHERE "appId" = NEW."appId" AND "clientId" = NEW."id" AND "sessionId" IS NOT NULL AND 'openid' = ANY("scopes")
    ORDER BY "createdAt" DESC LIMIT 20000) g
  JOIN "Session" s ON s."appId" = g."appId" AND s."id" = g."sessionId"
  WHERE s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now()
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER foyer_logout_uri_set AFTER UPDATE OF "backchannelLogoutUri" ON "OAuthClient" FOR EACH ROW
  WHEN (OLD."backchannelLogoutUri" IS NULL AND NEW."backchannelLogoutUri" IS NOT NULL) EXECUTE FUNCTION foyer_logout_uri_set();

COMMIT;

BEGIN;

-- Confidential clients may omit PKCE by default. Existing clients keep their setting.
ALTER TABLE "OAuthClient" ALTER COLUMN "pkce" SET DEFAULT 'optional';

COMMIT;

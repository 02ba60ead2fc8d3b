BEGIN;

-- PostgreSQL estimates the rows of an app from statistics that may be of another time: before an app grew, or of many small apps. It then takes
-- an index of the app's rows for as good as a key. From the next ANALYZE it assumes that an app has a twentieth of all rows.
ALTER TABLE "User" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "Identity" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "Session" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "AuthorizationRequest" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "AuthorizationCode" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "Consent" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "Grant" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "OneTimeToken" ALTER COLUMN "appId" SET (n_distinct = 20);
ALTER TABLE "AuditEvent" ALTER COLUMN "appId" SET (n_distinct = 20);

COMMIT;

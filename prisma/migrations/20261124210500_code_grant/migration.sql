BEGIN;

-- To consume a code writes one row and no index. What the grant's deletion took along, lib/operations/cleanup.ts takes along now.
ALTER TABLE "AuthorizationCode" DROP CONSTRAINT "AuthorizationCode_appId_grantId_fkey";

-- DropIndex
DROP INDEX "AuthorizationCode_appId_grantId_idx";

-- Room on the page for the second version of each row, without which every index would be written after all.
ALTER TABLE "AuthorizationCode" SET (fillfactor = 50);

COMMIT;

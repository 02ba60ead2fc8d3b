BEGIN;

-- DropForeignKey
ALTER TABLE "AuthorizationRequest" DROP CONSTRAINT "AuthorizationRequest_appId_userId_fkey";

-- DropIndex
DROP INDEX "AuthorizationRequest_appId_userId_idx";

-- DropIndex
DROP INDEX "AuthorizationRequest_appId_userCode_key";

-- AlterTable
ALTER TABLE "OAuthClient" DROP COLUMN "accessTokenAlg",
DROP COLUMN "responseTypes";

-- AlterTable
ALTER TABLE "AuthorizationRequest" DROP COLUMN "decision",
DROP COLUMN "lastPolledAt",
DROP COLUMN "pollIntervalSeconds",
DROP COLUMN "userCode",
DROP COLUMN "userId";

COMMIT;

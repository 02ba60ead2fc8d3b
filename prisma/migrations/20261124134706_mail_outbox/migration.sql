BEGIN;

-- AlterTable
ALTER TABLE "Mail" DROP COLUMN "html",
DROP COLUMN "links",
DROP COLUMN "subject",
DROP COLUMN "text",
ADD COLUMN     "dataSealed" TEXT;

COMMIT;

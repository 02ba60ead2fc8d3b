BEGIN;

-- What is noted at each use (when it was used last, until when it lives, how often it was rotated) is in no index. With room on its page such
-- an update stays there (HOT); without, it moves the row, and every index learns the new place.
ALTER TABLE "Consent" SET (fillfactor = 85);
ALTER TABLE "Grant" SET (fillfactor = 85);
ALTER TABLE "Session" SET (fillfactor = 85);

COMMIT;

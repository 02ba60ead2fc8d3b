-- Searching users within one App: a part of the address or name by trigrams, a beginning of the address by prefix.
BEGIN;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE INDEX "User_search_infix" ON "User" USING gin
  ("appId", (lower(coalesce("emailCanonical", '') || ' ' || coalesce("name", ''))) gin_trgm_ops);

CREATE INDEX "User_search_prefix" ON "User" ("appId", "emailCanonical" text_pattern_ops);

COMMIT;

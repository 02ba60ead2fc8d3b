BEGIN;

-- Searching the users of one App. A trigger stores what is compared, in one normalization that the search term goes through too
-- (lib/users/search.ts). Rows that exist already are filled below or, if they are many, by a background task (lib/users/search-backfill.ts).

-- NFKC and case folding. Turkish İ and ı are i, and I too, whatever the locale. A database with the locale C needs a collation that knows all
-- letters; others get none, so that a dump can be restored where that collation doesn't exist.
DO $$
DECLARE
  locale text := (SELECT collname FROM pg_collation WHERE collname IN ('pg_c_utf8', 'und-x-icu') AND lower('É') <> 'é' ORDER BY collname LIMIT 1);
  normal text := CASE WHEN getdatabaseencoding() = 'UTF8' THEN 'normalize($1, NFKC)' ELSE '$1' END;
BEGIN
  EXECUTE format(
    $sql$ CREATE FUNCTION foyer_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
      SELECT replace(replace(translate(lower(translate(%s, 'İIı', 'iii') %s), 'ς', 'σ'), 'ß', 'ss'), U&'i\0307', 'i') $body$ $sql$,
    normal, CASE WHEN locale IS NULL THEN '' ELSE format('COLLATE %I', locale) END);
END $$;

-- ASCII, with three digits for each other byte: in the locale C, trigrams consist of ASCII only. Immutable functions, so that PostgreSQL
-- inlines it: a search calls it for thousands of rows.
CREATE FUNCTION foyer_ascii(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT encode(decode(replace($1, '\', '\\'), 'escape'), 'escape') $$;

-- The first one and two characters of each word. Chinese, Japanese and Korean have no spaces: each character begins a word.
-- Not a query over regexp_split_to_table: that takes ten times as long, at each sign-up.
CREATE FUNCTION foyer_word_starts(folded text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  words text[] := string_to_array(translate(folded, E'\t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', '                                   '), ' ');
  starts text[] := '{}';
  word text;
BEGIN
  FOREACH word IN ARRAY words LOOP
    CONTINUE WHEN word = '';
    starts := starts || left(word, 1) || left(word, 2);
    IF octet_length(word) > length(word) AND word ~ '[⺀-鿿가-힣]' THEN
      FOR at IN 2..length(word) LOOP
        IF substr(word, at, 1) ~ '[⺀-鿿가-힣]' THEN
          starts := starts || substr(word, at, 1) || substr(word, at, 2);
        END IF;
      END LOOP;
    END IF;
  END LOOP;
  RETURN starts;
END $$;

ALTER TABLE "User" ADD COLUMN "searchText" TEXT, ADD COLUMN "searchStarts" TEXT[];

-- Words of the email's domain would make short terms useless: most users of an App share a few providers.
CREATE FUNCTION foyer_user_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names text := foyer_fold(concat_ws(' ', NEW."name", NEW."givenName", NEW."familyName", NEW."preferredUsername"));
  email text := foyer_fold(coalesce(NEW."email", ''));
BEGIN
  NEW."searchText" := email || ' ' || names;
  NEW."searchStarts" := foyer_word_starts(split_part(email, '@', 1) || ' ' || names);
  RETURN NEW;
END $$;

CREATE TRIGGER "User_search" BEFORE INSERT OR UPDATE OF "email", "name", "givenName", "familyName", "preferredUsername" ON "User"
  FOR EACH ROW EXECUTE FUNCTION foyer_user_search();

DO $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM "User" LIMIT 10001) AS counted) <= 10000 THEN
    UPDATE "User" SET "name" = "name";
  END IF;
END $$;

-- Both are quick: the first begins empty, the second ends so.
CREATE INDEX "User_search" ON "User" USING gin ("appId", foyer_ascii("searchText") gin_trgm_ops, "searchStarts")
  WHERE "searchText" IS NOT NULL;
CREATE INDEX "User_search_missing" ON "User" ("appId", "id") WHERE "searchText" IS NULL;

DROP INDEX "User_search_infix";
DROP INDEX "User_search_prefix";

COMMIT;

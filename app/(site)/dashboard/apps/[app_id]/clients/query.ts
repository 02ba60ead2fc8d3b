/** Search parameters of the list of applications, and its filter by origin. */
import type { Filter } from "@/app/_ui/filter-bar";
import { isTimeCursor, type PageQuery } from "@/lib/database/pagination";
import type { Client } from "@/lib/oauth/clients/clients";
import { readPageQuery } from "../page-search";

const SOURCES: Record<Client["source"], string> = {
  console: "Created by you",
  dcr: "Registered dynamically",
  cimd: "Metadata document",
};

export interface ClientSearch extends PageQuery {
  source?: Client["source"];
}

/** Ignores invalid parameters. */
export function readClientSearch(sent: Record<string, string | string[] | undefined>): ClientSearch {
  const { source } = sent;
  const isKnown = typeof source === "string" && Object.hasOwn(SOURCES, source);
  const { cursor, ...query } = readPageQuery(sent);
  return {
    ...query,
    ...(isTimeCursor(cursor) && { cursor }),
    ...(isKnown && { source: source as Client["source"] }),
  };
}

export function sourceFilter({ source }: ClientSearch): Filter {
  const choices = Object.entries(SOURCES).map(([value, label]) => ({ value, label }));
  return { name: "source", label: "Origin", any: "Any origin", choices, value: source };
}

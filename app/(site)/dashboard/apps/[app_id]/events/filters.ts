/** The choices of the events page. */
import type { Filter } from "@/app/_ui/filter-bar";
import { EVENT_GROUPS, EVENT_TYPES, type EventGroup, typesOf } from "@/lib/audit/event-types";
import { DAYS, type EventSearch, PERIODS } from "./query";

const groups = Object.entries(EVENT_GROUPS) as [EventGroup, string][];

const TYPES = groups.map(([group, label]) => ({
  group: label,
  choices: [
    { value: group, label: `All: ${label.toLowerCase()}` },
    ...typesOf(group).map((type) => ({ value: type, label: EVENT_TYPES.get(type)?.says ?? type })),
  ],
}));

const OUTCOMES = [
  { value: "trouble", label: "Failed or refused" },
  { value: "failure", label: "Failed" },
  { value: "rejected", label: "Refused" },
  { value: "success", label: "Went well" },
];

const ACTORS = [
  { value: "user", label: "By users" },
  { value: "developer", label: "By members" },
  { value: "key", label: "By API keys" },
  { value: "client", label: "By clients" },
  { value: "operator", label: "By the operator" },
  { value: "system", label: "By Foyer itself" },
];

export function eventFilters(search: EventSearch, clients: Map<string, string>): Filter[] {
  const periods = [...Object.entries(PERIODS), [DAYS, { label: "Between two days" }] as const];
  return [
    { name: "type", label: "Type", any: "Any event", choices: TYPES, value: search.type },
    { name: "outcome", label: "Outcome", any: "Any outcome", choices: OUTCOMES, value: search.outcome },
    { name: "actor", label: "Actor", any: "By anybody", choices: ACTORS, value: search.actor },
    {
      name: "client",
      label: "Client",
      any: "Any client",
      choices: [...clients].map(([value, label]) => ({ value, label })),
      value: search.client,
    },
    {
      name: "within",
      label: "Time",
      any: "Any time",
      choices: periods.map(([value, { label }]) => ({ value, label })),
      value: search.within,
    },
  ];
}

/** Filters of the events page. */
import type { Filter } from "@/app/_ui/filter-bar";
import { EVENT_GROUPS, EVENT_TYPES, type EventGroup, typesOf } from "@/lib/audit/event-types";
import { DAYS, type EventSearch, PERIODS } from "./query";

const groups = Object.entries(EVENT_GROUPS) as [EventGroup, string][];

const TYPES = groups.map(([group, label]) => ({
  group: label,
  choices: [
    { value: group, label: `${label} (all)` },
    ...typesOf(group).map((type) => ({ value: type, label: EVENT_TYPES.get(type)?.title ?? type })),
  ],
}));

const OUTCOMES = [
  { value: "trouble", label: "Failed or rejected" },
  { value: "failure", label: "Failed" },
  { value: "rejected", label: "Rejected" },
  { value: "success", label: "Succeeded" },
];

const ACTORS = [
  { value: "user", label: "Users" },
  { value: "developer", label: "Team members" },
  { value: "key", label: "API keys" },
  { value: "client", label: "Applications" },
  { value: "operator", label: "Operator" },
  { value: "system", label: "System" },
];

export function eventFilters(search: EventSearch, clients: Map<string, string>): Filter[] {
  const periods = [...Object.entries(PERIODS), [DAYS, { label: "Custom range" }] as const];
  return [
    { name: "type", label: "Type", any: "Any type", choices: TYPES, value: search.type },
    { name: "outcome", label: "Outcome", any: "Any outcome", choices: OUTCOMES, value: search.outcome },
    { name: "actor", label: "Actor", any: "Any actor", choices: ACTORS, value: search.actor },
    {
      name: "client",
      label: "Application",
      any: "Any application",
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

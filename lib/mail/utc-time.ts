/** Times in emails. The reader's time zone is unknown, so they are in UTC. */
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** "24 November 2026, 13:00 UTC" */
export function formatUtc(at: Date): string {
  return `${format.format(at).replace(" at ", ", ")} UTC`;
}

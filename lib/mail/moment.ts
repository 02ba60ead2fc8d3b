/** A moment as mails say it. Whose clock the reader has is not known, so it is UTC, and says so. */
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** "24 November 2026, 13:00 UTC" */
export function spokenMoment(at: Date): string {
  return `${format.format(at).replace(" at ", ", ")} UTC`;
}

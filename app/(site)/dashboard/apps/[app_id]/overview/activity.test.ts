import { describe, expect, it } from "vitest";
import { ACTIVE_USERS, type Count } from "@/lib/audit/event-counts";
import { activityOf, OTHER, PERIODS, stepsOf } from "./activity";

const NOW = Date.parse("2026-03-10T12:30:00Z");
const DAY = 86_400_000;
const day = (ago: number) => new Date(Date.parse("2026-03-10T00:00:00Z") - ago * DAY);

const count = (ago: number, type: string, detail: string, n: number): Count => ({
  start: day(ago),
  type,
  detail,
  count: n,
});
const week = (...counts: Count[]) => activityOf(counts, PERIODS.week, NOW);

describe("the activity of an app", () => {
  it("has equally many steps in both periods and ends with the current step", () => {
    const steps = stepsOf(PERIODS.week, NOW);
    expect(steps).toHaveLength(14);
    expect(steps.at(-1)).toEqual(day(0));
    expect(steps[0]).toEqual(day(13));
    expect(stepsOf(PERIODS.day, NOW).at(-1)).toEqual(new Date("2026-03-10T12:00:00Z"));
  });

  it("assigns counts to their step and ignores older counts and other events", () => {
    const { signUps, failures, activeUsers } = week(
      count(0, "user.signed_up", "password", 2),
      count(6, "user.signed_up", "github", 3),
      count(7, "user.signed_up", "", 5),
      count(14, "user.signed_up", "", 100),
      count(1, "app.updated", "", 9),
      count(1, ACTIVE_USERS, "", 4),
    );
    expect(signUps).toMatchObject({ values: [3, 0, 0, 0, 0, 0, 2], previous: [0, 0, 0, 0, 0, 0, 5], total: 5 });
    expect(activeUsers.values).toEqual([0, 0, 0, 0, 0, 4, 0]);
    expect(failures).toMatchObject({ series: [], total: 0, change: null });
  });

  it("splits sign-ins by method, largest first, and merges small parts", () => {
    const methods = ["password", "github", "google", "magic_link", "okta", "gitlab"];
    const { signIns } = week(...methods.map((method, index) => count(1, "user.signed_in", method, 60 - index * 10)));
    expect(signIns.series.map(({ name }) => name)).toEqual(["password", "github", "google", OTHER]);
    expect(signIns.series.at(-1)?.values).toEqual([0, 0, 0, 0, 0, 30 + 20 + 10, 0]);
    expect(signIns.total).toBe(60 + 50 + 40 + 30 + 20 + 10);
  });

  it("splits failures by event type and counts none of them as a sign-in", () => {
    const { failures, signIns } = week(
      count(0, "user.sign_in_failed", "failure", 3),
      count(0, "oauth.rejected", "rejected", 8),
      count(0, "user.signed_in", "rejected", 1),
    );
    expect(failures.series.map(({ name, values }) => [name, values.at(-1)])).toEqual([
      ["oauth.rejected", 8],
      ["user.sign_in_failed", 3],
      ["user.signed_in", 1],
    ]);
    expect(signIns.total).toBe(0);
  });

  it("compares completed steps only and ignores the current day", () => {
    const counts = [1, 2, 3, 4, 5, 6].map((ago) => count(ago, "user.signed_up", "", 12));
    const previous = [7, 8, 9, 10, 11, 12].map((ago) => count(ago, "user.signed_up", "", 10));
    const current = count(0, "user.signed_up", "", 1);
    expect(week(...counts, ...previous, current, count(13, "user.signed_up", "", 999)).signUps.change).toBeCloseTo(0.2);
    expect(week(...counts, current).signUps.change).toBeNull();
    expect(week(...previous).signUps.change).toBe(-1);
  });
});

import { examine, type Finding } from "@/lib/operations/doctor";
import type { Command } from "../parse";

export const doctor: Command<{ ok: boolean; checks: Finding[] }> = {
  name: "doctor",
  help: "checks configuration, database, keys, mail and clock",
  flags: {},
  run: async () => {
    const checks = await examine();
    return { ok: checks.every((finding) => finding.status !== "error"), checks };
  },
  problem: ({ checks }) => {
    const bad = checks.filter((finding) => finding.status === "error").map((finding) => finding.check);
    return bad.length > 0 ? `The doctor found something wrong with: ${bad.join(", ")}.` : null;
  },
};

import { examine, type Finding } from "@/lib/operations/doctor";
import type { Command } from "../command";

export const doctor: Command<{ ok: boolean; checks: Finding[] }> = {
  name: "doctor",
  help: "Check configuration, database, keys, email delivery and clock",
  flags: {},
  columns: ["check", "status", "message"],
  run: async () => {
    const checks = await examine();
    return { ok: checks.every((finding) => finding.status !== "error"), checks };
  },
  problem: ({ checks }) => {
    const failed = checks.filter((finding) => finding.status === "error").map((finding) => finding.check);
    return failed.length > 0 ? `These checks failed: ${failed.join(", ")}.` : null;
  },
};

export const commands: Command[] = [doctor];

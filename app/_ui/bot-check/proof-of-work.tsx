"use client";

// Bot check by a proof of work (ALTCHA), which needs nothing from the user.
import { useRef } from "react";
import { BOT_CHECK_FIELD } from "@/lib/bot-check/forms";
import { CheckStatusLine } from "./check-status";
import { useCheckedSubmit } from "./use-checked-submit";

/** A challenge is valid for 20 minutes. */
const USABLE_MS = 15 * 60_000;

export function ProofOfWork({ url, only }: { url: string; only?: string }) {
  const solving = useRef<{ token: Promise<string>; since: number } | null>(null);

  function start(): Promise<string> {
    if (!solving.current || performance.now() - solving.current.since > USABLE_MS) {
      const token = import("./solve").then(({ solve }) => solve(url));
      // The submission reports the failure.
      token.catch(() => {});
      solving.current = { token, since: performance.now() };
    }
    return solving.current.token;
  }

  async function getToken(): Promise<string> {
    try {
      return await start();
    } finally {
      // The next submission needs another solution.
      solving.current = null;
    }
  }

  const { field, status } = useCheckedSubmit({ getToken, prepare: () => void start(), only });
  return (
    <>
      <input ref={field} type="hidden" name={BOT_CHECK_FIELD} />
      <CheckStatusLine status={status} />
    </>
  );
}

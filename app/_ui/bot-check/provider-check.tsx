"use client";

// Bot check by the widget of Cloudflare Turnstile or hCaptcha.
import { useEffect, useRef, useState } from "react";
import { BOT_CHECK_FIELD } from "@/lib/bot-check/forms";
import { CheckStatusLine } from "./check-status";
import { loadWidgets, PROVIDERS, reloadIfBlocked } from "./provider-script";
import { useCheckedSubmit } from "./use-checked-submit";

const NOT_LOADED =
  "The check that you’re not a robot couldn’t be loaded. Allow it in your content blocker, then reload.";

type ProviderCheckProps = { provider: "turnstile" | "hcaptcha"; siteKey: string; page: string; only?: string };

/** The token of the widget, or those who wait for it. */
interface Tokens {
  token: string | null;
  waiting: ((token: string) => void) | null;
  reset: () => void;
}

export function ProviderCheck({ provider, siteKey, page, only }: ProviderCheckProps) {
  const frame = useRef<HTMLDivElement>(null);
  const tokens = useRef<Tokens>({ token: null, waiting: null, reset: () => undefined });
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    const own = tokens.current;
    let gone = false;
    let remove: () => void = () => undefined;
    const stopWatching = reloadIfBlocked(PROVIDERS[provider]);
    const receive = (token: string) => {
      if (own.waiting) own.waiting(token);
      else own.token = token;
      own.waiting = null;
    };
    const forget = () => {
      own.token = null;
    };
    loadWidgets(PROVIDERS[provider]).then(
      (widgets) => {
        if (gone || !frame.current) return;
        const dark = matchMedia("(prefers-color-scheme: dark)").matches;
        const id = widgets.render(frame.current, {
          sitekey: siteKey,
          action: page,
          theme: document.documentElement.dataset.theme ?? (dark ? "dark" : "light"),
          appearance: "interaction-only",
          "response-field": false,
          callback: receive,
          "expired-callback": forget,
          "error-callback": () => setBlocked(true),
        });
        own.reset = () => widgets.reset(id);
        remove = () => widgets.remove(id);
      },
      () => setBlocked(true),
    );
    return () => {
      gone = true;
      stopWatching();
      remove();
    };
  }, [provider, siteKey, page]);

  /** Waits for a user who hasn't completed the widget yet. */
  async function getToken(): Promise<string> {
    const own = tokens.current;
    if (blocked) throw new Error("blocked");
    const token = own.token ?? (await new Promise<string>((resolve) => (own.waiting = resolve)));
    own.token = null;
    // A token works once.
    setTimeout(() => own.reset(), 1000);
    return token;
  }

  const { field, status } = useCheckedSubmit({ getToken, only });
  return (
    <>
      <input ref={field} type="hidden" name={BOT_CHECK_FIELD} />
      <div ref={frame} className="empty:hidden" />
      <CheckStatusLine status={blocked && only === undefined ? "failed" : status} failed={NOT_LOADED} />
    </>
  );
}

/** The scripts of Turnstile and hCaptcha, which have the same interface. */

interface Widgets {
  render(element: HTMLElement, options: Record<string, unknown>): string;
  reset(id: string): void;
  remove(id: string): void;
}

interface Provider {
  script: string;
  /** Origins of what the script loads. */
  origin: RegExp;
  widgets(): Widgets | undefined;
}

type Global = { turnstile?: Widgets; hcaptcha?: Widgets };

export const PROVIDERS: Record<"turnstile" | "hcaptcha", Provider> = {
  turnstile: {
    script: "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
    origin: /^https:\/\/challenges\.cloudflare\.com(\/|$)/,
    widgets: () => (globalThis as Global).turnstile,
  },
  hcaptcha: {
    script: "https://js.hcaptcha.com/1/api.js?render=explicit&recaptchacompat=off",
    origin: /^https:\/\/([a-z0-9-]+\.)*hcaptcha\.com(\/|$)/,
    widgets: () => (globalThis as Global).hcaptcha,
  },
};

const WAIT_MS = 10_000;

/** @throws Error if a content blocker or the network stops the script */
export async function loadWidgets({ script, widgets }: Provider): Promise<Widgets> {
  if (!document.querySelector(`script[src="${script}"]`)) {
    const element = document.createElement("script");
    element.src = script;
    document.head.append(element);
  }
  for (let waited = 0; waited < WAIT_MS; waited += 100) {
    const loaded = widgets();
    if (loaded) return loaded;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the script wasn't loaded");
}

/**
 * A page that was opened without loading it anew has the Content-Security-Policy of the page before,
 * which may not allow the provider. Returns a function that stops watching.
 */
export function reloadIfBlocked({ origin }: Provider): () => void {
  const key = `foyer-bot-check ${location.pathname}`;
  const reload = (event: SecurityPolicyViolationEvent) => {
    if (!origin.test(event.blockedURI) || sessionStorage.getItem(key)) return;
    sessionStorage.setItem(key, "reloaded");
    location.reload();
  };
  document.addEventListener("securitypolicyviolation", reload);
  return () => document.removeEventListener("securitypolicyviolation", reload);
}

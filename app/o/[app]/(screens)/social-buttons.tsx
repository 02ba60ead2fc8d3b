// Social sign-in buttons. Each is a form of its own, so that they work without JavaScript.
import { Button } from "@/app/_ui/button";
import { ProviderLogo } from "@/app/_ui/provider-logo";
import type { App } from "@/lib/apps/apps";
import type { Connection } from "@/lib/social/connections";
import { PostForm } from "./form";
import { IsolatedText } from "./isolated-text";

type SocialButtonsProps = {
  app: App;
  interactionId: string;
  connections: Connection[];
  /** A form stands above the buttons, so a divider separates them. */
  below: boolean;
  /** The button for passkeys stands between, if there is script. */
  belowPasskeys?: boolean;
};

export function SocialButtons({ app, interactionId, connections, below, belowPasskeys = false }: SocialButtonsProps) {
  if (connections.length === 0) return null;
  return (
    <>
      {below && (
        <div
          className={`my-6 items-center gap-4 text-xs text-ink-muted ${belowPasskeys ? "hidden noscript:flex" : "flex"}`}
        >
          <span className="h-px flex-1 bg-line" />
          or
          <span className="h-px flex-1 bg-line" />
        </div>
      )}
      <ul className={`grid grid-cols-1 gap-3 ${belowPasskeys ? "mt-3 noscript:mt-0" : ""}`}>
        {connections.map(({ connection, provider, label }) => (
          <li key={connection}>
            <PostForm app={app} path="social" hidden={{ interaction: interactionId, connection }}>
              <Button type="submit" variant="secondary" size="lg" className="w-full px-4!">
                <ProviderLogo provider={provider} />
                <span className="min-w-0 truncate">
                  Continue with <IsolatedText>{label}</IsolatedText>
                </span>
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </>
  );
}

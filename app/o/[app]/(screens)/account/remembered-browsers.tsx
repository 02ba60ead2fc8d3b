// Browsers that skip the second factor, if there are any.
import { Monitor, Smartphone } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import { listRememberedDevices, type RememberedDeviceSummary } from "@/lib/factors/remembered-devices";
import { parseUserAgent } from "@/lib/text/user-agent";
import { PostForm } from "../form";
import { IsolatedText } from "../isolated-text";
import { FactorRow } from "./factors";
import { Section } from "./section";

export async function RememberedBrowsers({ app, userId }: { app: App; userId: string }) {
  const devices = await listRememberedDevices(app, userId);
  if (devices.length === 0) return null;
  return (
    <Section
      title="Remembered browsers"
      description="A sign-in with your password in these browsers skips the second factor."
      actions={
        devices.length > 1 && (
          <PostForm app={app} path="account/remembered" hidden={{ device: "all" }}>
            <Button type="submit" variant="secondary" size="sm">
              Remove all browsers
            </Button>
          </PostForm>
        )
      }
    >
      <ul className="-my-4 divide-y divide-line">
        {devices.map((device) => (
          <DeviceRow key={device.id} app={app} device={device} />
        ))}
      </ul>
    </Section>
  );
}

function DeviceRow({ app, device }: { app: App; device: RememberedDeviceSummary }) {
  const { name, mobile } = parseUserAgent(device.userAgent);
  const Icon = mobile ? Smartphone : Monitor;
  return (
    <FactorRow
      icon={<Icon aria-hidden="true" className="size-5" strokeWidth={1.5} />}
      title={<IsolatedText>{name}</IsolatedText>}
      text={
        <>
          {device.ip ?? "Unknown IP address"} · last used <RelativeTime at={device.lastUsedAt} /> · expires{" "}
          <RelativeTime at={device.expiresAt} />
        </>
      }
    >
      <PostForm app={app} path="account/remembered" hidden={{ device: device.id }}>
        <Button type="submit" variant="secondary" size="sm" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </PostForm>
    </FactorRow>
  );
}

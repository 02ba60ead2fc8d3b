// The client and the device that requests access, with the question whether the user started it.
import type { ReactNode } from "react";
import { Avatar } from "@/app/_ui/avatar";
import { RelativeTime } from "@/app/_ui/relative-time";
import { plainAddress } from "@/lib/ip-address";
import type { KnownDevice } from "@/lib/oauth/device/device-codes";
import { formatUserCode } from "@/lib/oauth/device/user-code";
import { deviceName } from "@/lib/text/user-agent";
import { Alert } from "../../alert";
import { IdentityFacts } from "../../consent/client-summary";
import { IsolatedText, LtrText } from "../../isolated-text";

type DeviceSummaryProps = {
  device: KnownDevice;
  /** The domain that the publisher proved to control. */
  verifiedDomain: string | null;
};

export function DeviceSummary({ device, verifiedDomain }: DeviceSummaryProps) {
  const { client, userCode, ip, userAgent, createdAt } = device;
  return (
    <section aria-label="Device" className="grid gap-4">
      <div className="flex items-start gap-3">
        <Avatar name={client.client_name} logoUrl={client.logo_uri} shape="square" />
        <dl className="grid min-w-0 flex-1 grid-cols-2 gap-x-4 gap-y-2.5 text-sm">
          <Fact term="Code">
            <LtrText className="font-mono">{formatUserCode(userCode)}</LtrText>
          </Fact>
          <Fact term="Requested">
            <RelativeTime at={createdAt} />
          </Fact>
          <Fact term="Device">
            <IsolatedText>{deviceName(userAgent)}</IsolatedText>
          </Fact>
          <Fact term="IP address">
            <LtrText>{ip ? plainAddress(ip) : "Unknown"}</LtrText>
          </Fact>
          <IdentityFacts client={client} verifiedDomain={verifiedDomain} />
        </dl>
      </div>
      <Alert tone="warning">
        Did you start this sign-in? Allow access only if your own device shows this code right now. Deny it if another
        person sent you the code.
      </Alert>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

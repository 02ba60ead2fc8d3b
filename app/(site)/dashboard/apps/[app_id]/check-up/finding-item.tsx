// One finding of the security check-up: the application, what is wrong, and its button.
import { TextLink } from "@/app/_ui/text-link";
import type { Finding } from "@/lib/oauth/check-up/rules";
import { appPath } from "../app-paths";
import { clientPath } from "../clients/client-path";
import { FixButton } from "./fix-button";

type FindingItemProps = { finding: Finding; appId: string; canFix: boolean };

export function FindingItem({ finding, appId, canFix }: FindingItemProps) {
  const { client, detail, values = [] } = finding;
  const settings = client ? clientPath(appId, client.id, "/settings") : appPath(appId, "/methods");
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 py-4 text-sm">
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="font-medium break-words" dir="auto">
          {client ? <TextLink href={clientPath(appId, client.id)}>{client.client_name}</TextLink> : "This app"}
        </h3>
        <p className="mt-0.5 text-ink-muted">{detail}</p>
        {values.length > 0 && (
          <ul className="mt-2 grid gap-1">
            {values.map((value) => (
              <li key={value}>
                <code className="font-mono text-xs break-all">{value}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      {canFix &&
        (finding.fix ? (
          <FixButton appId={appId} finding={finding} />
        ) : (
          <TextLink href={settings}>Open settings</TextLink>
        ))}
    </li>
  );
}

/** Security check-up of an app: its findings, and the change that resolves one. */
import { updateApp } from "../../apps/update";
import type { Actor } from "../../audit/events";
import { fail } from "../../errors";
import { changeClient, deleteClient, rotateClientSecret } from "../clients/clients";
import { revokeClientSecret } from "../clients/secrets";
import { type CheckUpFacts, loadCheckUpFacts } from "./facts";
import { type CheckUpFix, type Finding, findingsOf } from "./rules";

interface CheckedApp {
  id: string;
  settings: CheckUpFacts["settings"];
}

export interface CheckUp {
  findings: Finding[];
  /** The number of checked clients. */
  clients: number;
  /** Whether the app has more clients, which aren't checked. */
  isPartial: boolean;
}

export async function checkUp(app: CheckedApp): Promise<CheckUp> {
  const facts = await loadCheckUpFacts(app.id, app.settings);
  return {
    findings: findingsOf(facts),
    clients: facts.clients.length,
    isPartial: facts.isPartial,
  };
}

/**
 * Resolves a finding by its rule and client. Checks again first: the finding may be old, and a form
 * can't name a change of its own.
 * @returns the new secret, if the change created one
 */
export async function fixFinding(
  app: CheckedApp,
  { rule, clientId }: { rule: string; clientId: string | null },
  by: Actor,
): Promise<{ clientSecret: string | null }> {
  const { findings } = await checkUp(app);
  const found = findings.find((finding) => finding.rule === rule && (finding.client?.id ?? null) === clientId);
  if (!found?.fix) fail(409, "nothing_to_fix", "This finding no longer exists. Reload the page.");
  return apply(app.id, clientId ?? "", found.fix, by);
}

async function apply(appId: string, clientId: string, fix: CheckUpFix, by: Actor) {
  if (fix.action === "create_secret") {
    const { client_secret } = await rotateClientSecret(appId, clientId, by);
    return { clientSecret: client_secret };
  }
  if (fix.action === "deliver_code") await updateApp(appId, { settings: { delivery: "code" } }, by);
  else if (fix.action === "delete_client") await deleteClient(appId, clientId, by);
  else if (fix.action === "revoke_secret") await revokeClientSecret(appId, clientId, fix.secretId, by);
  else if (fix.action === "require_pkce") await changeClient(appId, clientId, () => ({ pkce: "required" }), by);
  else if (fix.action === "rotate_refresh") await changeClient(appId, clientId, () => ({ refresh: "rotate" }), by);
  else if (fix.action === "remove_redirect_uris")
    await changeClient(
      appId,
      clientId,
      ({ redirect_uris }) => ({ redirect_uris: redirect_uris.filter((uri) => !fix.uris.includes(uri)) }),
      by,
    );
  return { clientSecret: null };
}

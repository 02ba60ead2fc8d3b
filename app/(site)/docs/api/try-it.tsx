// Button that opens a form to send the request to this server. The script builds the form and asks for the
// credential, which is never part of a page. Without the script, the button is hidden.
import type { ReferenceEndpoint } from "./reference";

const CREDENTIALS: Record<string, string> = {
  apiKey: "API key",
  userToken: "User token",
  metricsToken: "METRICS_TOKEN",
  clientSecret: "client_id:client_secret",
};

export function TryIt({ endpoint: { summary, method, path, parameters, security, requests } }: Props) {
  const call = requests[0]?.call;
  const credential = security.find((name) => name !== null) ?? null;
  const form = {
    title: summary,
    method,
    path,
    parameters: parameters
      .filter(({ place }) => place === "path" || place === "query")
      .map(({ name, place, required }) => ({ name, place, required, value: call?.query[name] ?? "" })),
    body: call?.body ?? null,
    form: call?.form ?? false,
    credential: credential && {
      label: CREDENTIALS[credential] ?? credential,
      basic: credential === "clientSecret",
      required: !security.includes(null),
    },
  };
  return (
    <button
      type="button"
      aria-label={`Try it: ${summary}`}
      data-try={JSON.stringify(form)}
      className="min-h-9 w-fit cursor-pointer rounded-md border border-line-strong bg-surface-raised px-4 text-sm font-medium hover:bg-surface-sunken noscript:hidden"
    >
      Try it
    </button>
  );
}

type Props = { endpoint: ReferenceEndpoint };

/**
 * The sign-in providers. Input schemas, the CLI, the hosted pages and the dashboard derive from
 * this list.
 */
import { github } from "./github";
import { gitlab } from "./gitlab";
import { google } from "./google";
import { oidc } from "./oidc";
import type { Provider } from "./provider";

const LIST = { github, gitlab, google, oidc };

export type ProviderName = keyof typeof LIST;

export const PROVIDERS: Record<ProviderName, Provider> = LIST;

export const PROVIDER_NAMES = Object.keys(LIST) as [ProviderName, ...ProviderName[]];

export function findProvider(name: string): Provider | undefined {
  return Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name as ProviderName] : undefined;
}

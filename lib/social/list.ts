/** Every provider. Inputs, buttons and the dashboard derive from it. */
import { github } from "./github";
import { google } from "./google";
import { oidc } from "./oidc";
import type { Provider, ProviderName } from "./provider";

export const PROVIDERS: Record<ProviderName, Provider> = { github, google, oidc };

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as [ProviderName, ...ProviderName[]];

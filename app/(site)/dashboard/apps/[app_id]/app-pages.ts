/** The pages of an app in the dashboard, by what developers want to do. */

export interface AppPage {
  label: string;
  /** The path below the app's. */
  page: string;
}

/** A section without `items` is a page itself. */
export interface AppSection extends AppPage {
  items?: AppPage[];
}

export const APP_SECTIONS = {
  home: { label: "Home", page: "" },
  users: { label: "Users", page: "/users" },
  signIn: {
    label: "Sign-in",
    page: "/methods",
    items: [
      { label: "Methods", page: "/methods" },
      { label: "Second factors", page: "/second-factors" },
      { label: "Connections", page: "/connections" },
      { label: "Sessions", page: "/sessions" },
    ],
  },
  applications: {
    label: "Applications",
    page: "/clients",
    items: [
      { label: "All applications", page: "/clients" },
      { label: "Scopes", page: "/scopes" },
      { label: "Resources", page: "/resources" },
      { label: "Claims", page: "/claims" },
      { label: "Registration", page: "/registration" },
      { label: "MCP", page: "/mcp" },
      { label: "Security check-up", page: "/check-up" },
    ],
  },
  branding: {
    label: "Branding and email",
    page: "/branding",
    items: [
      { label: "Branding", page: "/branding" },
      { label: "Emails", page: "/mails" },
    ],
  },
  events: { label: "Events", page: "/events" },
  developers: {
    label: "Developers",
    page: "/quickstart",
    items: [
      { label: "Quickstart", page: "/quickstart" },
      { label: "API keys", page: "/keys" },
      { label: "Signing keys", page: "/signing-keys" },
      { label: "Playground", page: "/playground" },
    ],
  },
  team: { label: "Team", page: "/team" },
  settings: { label: "Settings", page: "/settings" },
} satisfies Record<string, AppSection>;

export type SectionName = keyof typeof APP_SECTIONS;

export const SECTIONS = Object.entries(APP_SECTIONS) as [SectionName, AppSection][];

/** The same page of another app. A page of one object becomes the list that contains it. */
export function pageOfOtherApp(path: string, appId: string): string {
  const [, first = ""] = /^\/dashboard\/apps\/[^/]+(\/[^/]+)/.exec(path) ?? [];
  return `/dashboard/apps/${appId}${first}`;
}

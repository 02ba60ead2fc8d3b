/** Navigation of an app's dashboard pages. */
import type { NavGroup } from "@/app/_ui/side-nav";
import { appPath } from "./app-paths";

export function appNavigation(appId: string): NavGroup[] {
  const item = (label: string, page: string) => ({ label, href: appPath(appId, page) });
  return [
    {
      items: [
        { ...item("Overview", ""), exact: true, under: [appPath(appId, "/quickstart")] },
        item("Events", "/events"),
      ],
    },
    {
      label: "Users and sign-in",
      items: [
        item("Users", "/users"),
        item("Sign-in methods", "/methods"),
        item("Second factors", "/second-factors"),
        item("Connections", "/connections"),
        item("Emails", "/mails"),
      ],
    },
    {
      label: "OAuth",
      items: [
        item("Applications", "/clients"),
        item("Scopes", "/scopes"),
        item("Resources", "/resources"),
        item("Claims", "/claims"),
        item("Registration", "/registration"),
        item("MCP", "/mcp"),
        item("Security check-up", "/check-up"),
        item("Playground", "/playground"),
      ],
    },
    {
      label: "App",
      items: [
        item("API keys", "/keys"),
        item("Signing keys", "/signing-keys"),
        item("Team", "/team"),
        item("Branding", "/branding"),
        item("Settings", "/settings"),
      ],
    },
  ];
}

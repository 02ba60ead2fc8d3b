/** The rooms of an App in the dashboard, as its navigation shows them: one line each. */
import type { NavGroup } from "@/app/_ui/side-nav";
import { appPath } from "./app-paths";

export function appNavigation(appId: string): NavGroup[] {
  const room = (label: string, page: string) => ({ label, href: appPath(appId, page) });
  return [
    {
      items: [
        { ...room("Overview", ""), exact: true, under: [appPath(appId, "/quickstart")] },
        room("Events", "/events"),
      ],
    },
    {
      label: "People",
      items: [
        room("Users", "/users"),
        room("Sign-in methods", "/methods"),
        room("Connections", "/connections"),
        room("Mails", "/mails"),
      ],
    },
    {
      label: "Third parties",
      items: [room("Clients", "/clients"), room("Scopes", "/scopes"), room("Playground", "/playground")],
    },
    {
      label: "App",
      items: [
        room("API keys", "/keys"),
        room("Signing keys", "/signing-keys"),
        room("Team", "/team"),
        room("Branding", "/branding"),
        room("Settings", "/settings"),
      ],
    },
  ];
}

/** Navigation of an app's dashboard pages. */
import {
  Activity,
  AppWindow,
  House,
  KeyRound,
  type LucideIcon,
  Palette,
  Settings,
  SquareTerminal,
  UserRoundPlus,
  UsersRound,
} from "lucide-react";
import type { NavEntry } from "@/app/_ui/side-nav";
import { type AppPage, SECTIONS, type SectionName } from "./app-pages";
import { appPath } from "./app-paths";

const ICONS: Record<SectionName, LucideIcon> = {
  home: House,
  users: UsersRound,
  signIn: KeyRound,
  applications: AppWindow,
  branding: Palette,
  events: Activity,
  developers: SquareTerminal,
  team: UserRoundPlus,
  settings: Settings,
};

export function appNavigation(appId: string): NavEntry[] {
  const link = ({ label, page }: AppPage) => ({ label, href: appPath(appId, page), exact: page === "" });
  return SECTIONS.map(([name, section]) => {
    const Icon = ICONS[name];
    return {
      ...link(section),
      icon: <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />,
      items: section.items?.map(link),
    };
  });
}

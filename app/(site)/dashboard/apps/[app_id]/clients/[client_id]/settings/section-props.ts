/** Props of the sections of an application's settings. */
import type { Client } from "@/lib/oauth/clients/clients";

export interface SectionProps {
  client: Client;
}
